from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class GestorActivity(models.Model):
    _inherit = "gestor.activity"

    is_call_list = fields.Boolean(
        string="Call list",
        index="btree_not_null",
        copy=False,
        help="Its clients are called one after another on a screen of their own.",
    )
    call_purpose = fields.Selection(
        [("business", "Matter of business"), ("marketing", "Advertising")],
        string="Purpose of the calls",
        default="business",
        required=True,
        help="Advertising calls go only to clients who have agreed to them.",
    )

    left_out_count = fields.Integer(
        string="Left out", compute="_compute_left_out_count"
    )

    # === Computes ===

    def _compute_left_out_count(self):
        # sudo: whoever reads the activity reads how far it is
        counts = (
            self.env["gestor.activity.client"]
            .sudo()
            ._read_group(
                Domain("activity_id", "in", self.ids)
                & Domain("skip_reason", "!=", False),
                ["activity_id"],
                ["__count"],
            )
        )
        count_by_id = {activity.id: count for activity, count in counts}
        for activity in self:
            activity.left_out_count = count_by_id.get(activity.id, 0)

    def _compute_progress_percent(self):
        """Count the clients of call lists in the database: there may be thousands."""
        lists = self.filtered(lambda activity: activity._origin.is_call_list)
        result = super(GestorActivity, self - lists)._compute_progress_percent()
        counts = lists._count_calls()
        for activity in lists:
            total, served = counts.get(activity._origin.id, (0, 0))
            if activity.state == "done":
                activity.progress_percent = 100
            else:
                activity.progress_percent = total and 100 * served // total
        return result

    def _compute_client_counts(self):
        stored = self.filtered(lambda activity: activity._origin == activity)
        result = super(GestorActivity, self - stored)._compute_client_counts()
        counts = stored._count_calls()
        for activity in stored:
            total, served = counts.get(activity.id, (0, 0))
            activity.client_count = total
            activity.served_count = served
        return result

    def _count_calls(self):
        """Return the clients of these activities, and how many are served.

        :rtype: dict[int, tuple[int, int]]
        """
        # sudo: whoever reads the activity reads how far it is
        rows = self.env["gestor.activity.client"].sudo()
        counts = {}
        for activity, is_served, count in rows._read_group(
            Domain("activity_id", "in", self._origin.ids),
            ["activity_id", "is_served"],
            ["__count"],
        ):
            total, served = counts.get(activity.id, (0, 0))
            counts[activity.id] = (total + count, served + is_served * count)
        return counts

    # === Actions ===

    def action_gestor_call(self):
        """Open the screen that leads from client to client.

        An activity with a table of clients becomes a call list by it.
        """
        self.ensure_one()
        self._check_callable()
        if not self.is_call_list:
            self.is_call_list = True
        return {
            "type": "ir.actions.client",
            "tag": "gestor_call_lists.screen",
            "name": self.name,
            "params": {"activity_id": self.id},
        }

    def action_gestor_left_out(self):
        """Open the clients who are left out, each with the reason."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_call_lists.gestor_activity_client_action_left_out"
        )
        return {
            **action,
            "domain": [("activity_id", "=", self.id), ("skip_reason", "!=", False)],
        }

    # === Helpers ===

    def _check_callable(self):
        self._check_open()
        self.check_access("write")
        if not self.env["gestor.activity.client"].search_count(
            Domain("activity_id", "=", self.id), limit=1
        ):
            raise UserError(
                self.env._(
                    "%(activity)s has no clients to call.", activity=self.display_name
                )
            )

    def _gestor_add_call_clients(self, partners, share="pool"):
        """Put clients into this call list, each of them once.

        :param partners: in the order in which to call them
        :param str share: ``pool`` (whoever is free), ``equal`` or ``guardian``
        :return: those who were in it before
        :rtype: res.partner
        """
        self.ensure_one()
        rows = self.env["gestor.activity.client"]
        mine = Domain("activity_id", "=", self.id)
        found = rows.search(mine & Domain("partner_id", "in", partners.ids))
        there = found.partner_id
        count = rows.search_count(mine)
        users = self.executor_ids.user_id or self.user_id
        # sudo: whose client it is, everybody may know
        guardians = {p.id: p.user_id for p in partners.sudo()}
        vals_list = []
        for number, partner in enumerate(partners - there, start=count):
            user = self.env["res.users"]
            if share == "equal":
                user = users[number % len(users)]
            elif share == "guardian":
                user = guardians[partner.id] & users
            vals_list.append(
                {
                    "activity_id": self.id,
                    "partner_id": partner.id,
                    "sequence": 10 + number,
                    "assigned_user_id": user.id,
                }
            )
        rows.create(vals_list)
        return there
