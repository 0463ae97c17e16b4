from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

DOCUMENT_FIELDS = ("model", "res_id")


class GestorParticipant(models.Model):
    """A user who takes part in a document, in a role.

    A participant follows the document and may read it. The document decides who may
    see and change its participants; everybody may leave.
    """

    _name = "gestor.participant"
    _description = "Participant"
    _inherit = ["gestor.row.search.mixin"]
    _order = "id"

    _document_user_uniq = models.UniqueIndex(
        "(model, res_id, user_id)", "This person takes part in the document already."
    )
    _user_idx = models.Index("(user_id, model, res_id)")

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="model", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Participant",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    role_id = fields.Many2one(
        "gestor.participant.role",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["gestor.participant.role"].search([], limit=1),
    )
    role_color = fields.Integer(related="role_id.color")
    is_follower_added = fields.Boolean(
        readonly=True, help="The document is followed because of the participation."
    )

    @api.depends("user_id", "role_id")
    def _compute_display_name(self):
        for participant in self:
            participant.display_name = (
                f"{participant.user_id.name or ''} ({participant.role_id.name or ''})"
            )

    # === Access: the document decides ===

    def _get_closed_row_message(self):
        return self.env._(
            "Participants are seen by those who may read the document, and"
            " added or removed by those who may change it."
        )

    def _filtered_closed(self, operation):
        """Return the participations whose document does not let the user do it."""
        if not any(self._ids):  # typed in a form, not there yet
            return self.browse()
        # sudo: which document it is decides about the access, so it is read first
        participants = self.sudo()
        mode = "read" if operation == "read" else "write"
        open_ids = {
            (model, res_id)
            for model, documents in participants._get_documents(self.env).items()
            for res_id in documents.exists()._filtered_access(mode)._ids
        }
        closed = participants.filtered(
            lambda p: (
                (p.model, p.res_id) not in open_ids
                and not (operation == "unlink" and p.user_id == self.env.user)
            )
        )
        return closed.with_env(self.env)

    def _get_documents(self, env):
        """Return the documents as ``{model: recordset of env}``."""
        ids_by_model = defaultdict(set)
        for participant in self:
            ids_by_model[participant.model].add(participant.res_id)
        return {
            model: env[model].browse(ids)
            for model, ids in ids_by_model.items()
            if model in env
        }

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        known = self.env["gestor.participant.mixin"]._gestor_implementers()
        if any(vals.get("model") not in known for vals in vals_list):
            raise ValidationError(
                self.env._("Only business documents of Gestor have participants.")
            )
        participants = super().create(vals_list)
        participants._check_readable()
        participants._follow()
        participants._notify()
        return participants

    def write(self, vals):
        if not self.env.su and not vals.keys().isdisjoint(DOCUMENT_FIELDS):
            raise UserError(self.env._("A participation stays with its document."))
        changed = self.filtered(lambda p: p.user_id.id != vals.get("user_id"))
        if "user_id" not in vals or not changed:
            return super().write(vals)
        self.check_access("write")
        changed._unfollow()
        result = super().write(vals)
        changed._check_readable()
        changed._follow()
        changed._notify()
        return result

    def unlink(self):
        self.check_access("unlink")
        self._unfollow()
        return super().unlink()

    def _check_readable(self):
        """Refuse participants who have no right to this kind of documents.

        Else they would follow, in their mail, what they may not open.
        """
        for user, participants in self.grouped("user_id").items():
            for documents in participants._get_documents(user.with_user(user).env):
                model = self.env[documents].with_user(user)
                if not user.active or not model.has_access("read"):
                    raise ValidationError(
                        self.env._(
                            "%(user)s cannot take part: the person has no access to"
                            " documents of this kind. Give the person a role first.",
                            user=user.name,
                        )
                    )

    # === Following ===

    def _follow(self):
        """Let the participants follow, and remember who did not follow before."""
        # sudo: who may add a participant need not see the followers
        for model, participants in self.sudo().grouped("model").items():
            if not hasattr(self.env[model], "_message_subscribe"):
                continue
            following = participants._get_followers(model)
            followed = {(f.res_id, f.partner_id.id) for f in following}
            fresh = participants.filtered(
                lambda p, followed=followed: (
                    (p.res_id, p.user_id.partner_id.id) not in followed
                )
            )
            fresh.is_follower_added = True
            for user, of_user in fresh.grouped("user_id").items():
                documents = participants.env[model].browse(of_user.mapped("res_id"))
                documents._message_subscribe(user.partner_id.ids)

    def _unfollow(self):
        """Take back what the participation had added."""
        # sudo: as in _follow
        added = self.sudo().filtered("is_follower_added")
        for model, participants in added.grouped("model").items():
            pairs = {(p.res_id, p.user_id.partner_id.id) for p in participants}
            participants._get_followers(model).filtered(
                lambda f, pairs=pairs: (f.res_id, f.partner_id.id) in pairs
            ).unlink()
        added.is_follower_added = False

    def _get_followers(self, model):
        """Return the followers that are these participants, of one model."""
        return self.env["mail.followers"].search(
            Domain("res_model", "=", model)
            & Domain("res_id", "in", self.mapped("res_id"))
            & Domain("partner_id", "in", self.user_id.partner_id.ids)
        )

    def _notify(self):
        """Tell the new participants, except those who added themselves."""
        if self.env.context.get("mail_auto_subscribe_no_notify"):
            return
        others = self.filtered(lambda p: p.user_id != self.env.user)
        for participant in others:
            document = self.env[participant.model].browse(participant.res_id)
            if not hasattr(document, "message_notify"):
                continue
            user = participant.user_id
            env = self.with_context(lang=user.lang or self.env.lang).env
            document.with_env(env).message_notify(
                partner_ids=user.partner_id.ids,
                subject=env._("You take part: %(name)s", name=document.display_name),
                body=env._(
                    "You take part in %(name)s. Your role: %(role)s.",
                    name=document.display_name,
                    role=participant.with_env(env).role_id.name,
                ),
            )

    # === Merge and deletion of documents ===

    @api.model
    def _get_of(self, documents):
        """Return the participations in the documents, whoever may see them."""
        # sudo: they go or move along with their document
        return self.sudo().search(
            Domain("model", "=", documents._name)
            & Domain("res_id", "in", documents.ids)
        )

    @api.model
    def _move(self, sources, target):
        """Give the participants of some documents to the one that takes their place.

        Called when records are merged, before the sources are deleted. A user who
        takes part in the target already keeps the role there. Followers are moved by
        the merge itself.
        """
        taken = set(self._get_of(target).user_id.ids)
        for participant in self._get_of(sources):
            if participant.user_id.id in taken:
                participant.unlink()
                continue
            taken.add(participant.user_id.id)
            participant.res_id = target.id
        target.invalidate_recordset(["gestor_participant_ids"])
