from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: reads and changes everybody's activities
ALL = "gestor_activities.gestor_activities_group_all"


class GestorActivityPeopleMixin(models.AbstractModel):
    """Who carries an activity out, for which clients, and how far it is."""

    _name = "gestor.activity.people.mixin"
    _description = "Executors And Clients Of An Activity"

    # === Fields: who carries it out ===
    finish_rule = fields.Selection(
        [("any", "One executor is enough"), ("all", "All executors must finish")],
        string="Finished when",
        default="any",
        required=True,
    )
    executor_ids = fields.One2many(
        "gestor.activity.executor", "activity_id", string="Executors", copy=True
    )
    executor_user_ids = fields.Many2many(
        "res.users",
        string="Users who carry it out",
        compute="_compute_executor_user_ids",
        search="_search_executor_user_ids",
    )
    progress_percent = fields.Integer(
        string="Progress (%)",
        compute="_compute_progress_percent",
        store=True,
        readonly=False,
        copy=False,
        aggregator="avg",
    )

    # === Fields: clients ===
    client_ids = fields.One2many(
        "gestor.activity.client", "activity_id", string="Clients", copy=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        compute="_compute_partner_id",
        inverse="_inverse_partner_id",
        store=True,
        index="btree_not_null",
        tracking=True,
    )
    client_count = fields.Integer(compute="_compute_client_counts")
    served_count = fields.Integer(compute="_compute_client_counts")

    # === Computes ===

    @api.depends("executor_ids.user_id")
    def _compute_executor_user_ids(self):
        for activity in self:
            activity.executor_user_ids = activity.executor_ids.user_id

    @api.model
    def _search_executor_user_ids(self, operator, value):
        return Domain("executor_ids.user_id", operator, value)

    @api.depends(
        "state",
        "finish_rule",
        "executor_ids.state",
        "executor_ids.progress_percent",
        "client_ids.is_served",
    )
    def _compute_progress_percent(self):
        """Count served clients, else executors; what was typed stays without both."""
        for activity in self:
            clients = activity.client_ids
            shares = [
                executor.progress_percent
                for executor in activity.executor_ids
                if executor.state != "refused"
            ]
            if activity.state == "done":
                percent = 100
            elif any(client.is_served for client in clients):
                served = sum(client.is_served for client in clients)
                percent = 100 * served // len(clients)
            elif any(shares):
                is_any = activity.finish_rule == "any"
                percent = max(shares) if is_any else sum(shares) // len(shares)
            else:
                percent = activity.progress_percent % 100
            activity.progress_percent = percent

    @api.depends("client_ids.partner_id", "client_ids.sequence")
    def _compute_partner_id(self):
        for activity in self:
            rows = activity.client_ids.sorted(lambda row: row.sequence)
            activity.partner_id = rows[:1].partner_id

    def _inverse_partner_id(self):
        for activity in self:
            first = activity.client_ids.sorted(lambda row: row.sequence)[:1]
            partner = activity.partner_id
            if first.partner_id == partner:
                continue
            if not partner:
                activity.client_ids = [Command.clear()]
            elif first:
                first.write({"partner_id": partner.id, "contact_id": False})
            else:
                activity.client_ids = [Command.create({"partner_id": partner.id})]

    @api.depends("client_ids.is_served")
    def _compute_client_counts(self):
        for activity in self:
            activity.client_count = len(activity.client_ids)
            activity.served_count = sum(row.is_served for row in activity.client_ids)

    # === Planning for a colleague ===

    @api.model
    def _check_for_colleague(self, vals_list):
        """Refuse what nobody plans for a colleague without taking part in it.

        :param list vals_list: values of new activities
        """
        if self.env.su or self.env.user.has_group(ALL):
            return
        own_ids = set(self._gestor_represented_users().ids)
        for vals in vals_list:
            commands = vals.get("executor_ids") or []
            rows = [command[2] for command in commands if command[0] == Command.CREATE]
            people = {row.get("user_id", self.env.uid) for row in rows}
            people.add(vals.get("user_id") or self.env.uid)
            if people & own_ids:
                continue
            # sudo: the name of a colleague is no secret
            user = self.env["res.users"].sudo().browse(vals["user_id"])
            if vals.get("is_private"):
                raise UserError(
                    self.env._(
                        "%(activity)s cannot be private: you plan it for %(user)s and "
                        "would not see it yourself.",
                        activity=vals.get("name"),
                        user=user.name,
                    )
                )
            if vals.get("state", "planned") != "planned":
                raise UserError(
                    self.env._(
                        "%(activity)s: you may plan it for %(user)s, who says then "
                        "what was done.",
                        activity=vals.get("name"),
                        user=user.name,
                    )
                )

    def _keep_author(self):
        """Let who plans only for colleagues go on to see it, as a participant."""
        if self.env.su or self.env.user.has_group(ALL):
            return
        lost = self - self._filtered_access("read")
        if not lost:
            return
        # sudo: only who may change a document adds participants, and the author of
        # this one may from now on only read it
        participants = self.env["gestor.participant"].sudo()
        vals = {
            **participants.default_get(["role_id"]),
            "model": self._name,
            "user_id": self.env.uid,
        }
        participants.create([{**vals, "res_id": activity.id} for activity in lost])

    # === Hooks and helpers ===

    def _hand_over_parts(self, owners):
        """Give the open part of the former responsible person to the new one.

        :param dict owners: the responsible person before, by activity
        """
        for activity in self:
            before, after = owners[activity], activity.user_id
            rows = activity.executor_ids
            mine = rows.filtered(
                lambda row, user=before: row.user_id == user and row._is_open()
            )
            if not after or before == after or after in rows.user_id:
                continue
            if mine:
                mine.user_id = after
            elif not rows and activity.kind != "note":
                activity.executor_ids = [Command.create({"user_id": after.id})]

    @api.model
    def _gestor_owner_fields(self):
        return ["user_id", "executor_user_ids"]

    def _gestor_delegate(self, user):
        """Give these activities to another responsible person.

        :param user: a ``res.users``
        :raise UserError: if it is that person's already
        """
        self._check_open()
        for activity in self:
            if activity.user_id == user:
                raise UserError(
                    self.env._(
                        "%(activity)s is that person's already: %(user)s.",
                        activity=activity.display_name,
                        user=user.name,
                    )
                )
        self.write({"user_id": user.id})
