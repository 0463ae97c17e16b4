from odoo import Command, api, fields, models
from odoo.fields import Domain

#: a client reads his own record through the portal; who works on it is not for him
STAFF = "base.group_user"


class GestorParticipantMixin(models.AbstractModel):
    """Who works on a document: participants, the guardian and their substitutes."""

    _name = "gestor.participant.mixin"
    _description = "Gestor Participants"
    _inherit = ["gestor.registry.mixin"]

    gestor_participant_ids = fields.One2many(
        "gestor.participant",
        "res_id",
        string="Participants",
        bypass_search_access=True,
        copy=False,
        groups=STAFF,
    )
    gestor_is_mine = fields.Boolean(
        string="Mine and substituted",
        compute="_compute_gestor_is_mine",
        search="_search_gestor_is_mine",
        groups=STAFF,
        help="I am the guardian or take part, or stand in for somebody who does.",
    )
    gestor_is_in_charge = fields.Boolean(
        string="In my charge",
        compute="_compute_gestor_is_in_charge",
        search="_search_gestor_is_in_charge",
        groups=STAFF,
        help="I am the guardian or stand in for the guardian.",
    )

    # === Computes and searches ===

    @api.depends(
        lambda self: ("gestor_participant_ids.user_id", *self._gestor_owner_fields())
    )
    @api.depends_context("uid")
    def _compute_gestor_is_mine(self):
        users = self._gestor_represented_users()
        # sudo: a document tells its participants to those who may read it, and this
        # is how it is found out whether they may
        participants = self.env["gestor.participant"].sudo()
        mine = set(
            participants.search(
                self._get_gestor_participation_domain(users)
                & Domain("res_id", "in", self.ids)
            ).mapped("res_id")
        )
        for document in self:
            document.gestor_is_mine = (
                document.gestor_is_in_charge or document._origin.id in mine
            )

    @api.depends(lambda self: tuple(self._gestor_owner_fields()))
    @api.depends_context("uid")
    def _compute_gestor_is_in_charge(self):
        users = self._gestor_represented_users()
        names = self._gestor_owner_fields()
        for document in self:
            document.gestor_is_in_charge = any(document[name] & users for name in names)

    @api.model
    def _search_gestor_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        if False in value:
            return Domain.TRUE
        users = self._gestor_represented_users()
        # sudo: see _compute_gestor_is_mine
        participants = self.env["gestor.participant"].sudo()
        query = participants._search(self._get_gestor_participation_domain(users))
        return self._get_gestor_owner_domain(users) | Domain(
            "id", "in", query.subselect("res_id")
        )

    @api.model
    def _search_gestor_is_in_charge(self, operator, value):
        if operator != "in":
            return NotImplemented
        if False in value:
            return Domain.TRUE
        return self._get_gestor_owner_domain(self._gestor_represented_users())

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_participant_model(v) for v in vals_list])

    def write(self, vals):
        return super().write(self._with_participant_model(vals))

    def unlink(self):
        participants = self.env["gestor.participant"]._get_of(self)
        result = super().unlink()
        participants.unlink()
        return result

    # === Hooks ===

    @api.model
    def _gestor_owner_fields(self):
        """Return the names of the fields with the users in charge of a document.

        Many2one or many2many to ``res.users``, stored. By default ``user_id``, if the
        model has it.

        :rtype: list[str]
        """
        return ["user_id"] if "user_id" in self._fields else []

    # === Helpers ===

    @api.model
    def _with_participant_model(self, vals):
        """Say of new participants which model their document is of."""
        commands = vals.get("gestor_participant_ids")
        if not commands:
            return vals
        return {
            **vals,
            "gestor_participant_ids": [
                Command.create({**command[2], "model": self._name})
                if command[0] == Command.CREATE
                else command
                for command in commands
            ],
        }

    @api.model
    def _gestor_represented_users(self):
        """Return the current user and those he or she stands in for here, now."""
        user = self.env.user
        return user | user._gestor_acting_for(self._name)

    @api.model
    def _get_gestor_owner_domain(self, users):
        return Domain.OR(
            Domain(name, "in", users.ids) for name in self._gestor_owner_fields()
        )

    @api.model
    def _get_gestor_participation_domain(self, users):
        return Domain("model", "=", self._name) & Domain("user_id", "in", users.ids)
