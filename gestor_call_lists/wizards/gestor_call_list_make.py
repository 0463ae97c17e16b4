from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gestor_activities.const import OPEN

from ..const import AT_ONCE

#: clients in one job of the queue
CHUNK = 200


class GestorCallListMake(models.TransientModel):
    """Makes a call list of clients, or puts them into one that is there."""

    _name = "gestor.call.list.make"
    _description = "Make A Call List"

    partner_ids = fields.Many2many("res.partner", string="Clients", required=True)
    partner_count = fields.Integer(
        string="Number of clients", compute="_compute_partner_count"
    )
    activity_id = fields.Many2one(
        "gestor.activity",
        string="Add to the list",
        domain=[("is_call_list", "=", True), ("state", "in", OPEN)],
        help="Empty: a new list.",
    )
    name = fields.Char(string="Subject")
    type_id = fields.Many2one(
        "gestor.activity.type",
        domain=[("kind", "in", ("phone", "internet_call"))],
        default=lambda self: self._default_type_id(),
    )
    planned_start_at = fields.Datetime(
        string="Planned start",
        default=lambda self: self.env["gestor.activity"]._default_planned_start_at(),
    )
    planned_stop_at = fields.Datetime(string="Planned end")
    purpose = fields.Selection(
        [("business", "Matter of business"), ("marketing", "Advertising")],
        string="Purpose of the calls",
        default="business",
        required=True,
        help="Advertising calls go only to clients who have agreed to them.",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Executors",
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
    )
    share = fields.Selection(
        [
            ("pool", "Whoever is free"),
            ("equal", "Equal parts"),
            ("guardian", "Each client to the guardian"),
        ],
        string="Who calls whom",
        default="pool",
        required=True,
        help="A client whose guardian is not among the executors is called by whoever "
        "is free.",
    )
    script = fields.Html(
        string="What to say", help="Shown beside each client during the calls."
    )

    # === Defaults and computes ===

    @api.model
    def _default_type_id(self):
        return self.env["gestor.activity.type"].search(
            Domain("kind", "=", "phone"), limit=1
        )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for wizard in self:
            wizard.partner_count = len(wizard.partner_ids)

    @api.model
    def _get_action(self, partners, name=None, purpose="business"):
        """Return the action that asks how to call these clients."""
        partners.check_access("read")
        if not partners:
            raise UserError(self.env._("There are no clients to call."))
        wizard = self.create(
            {
                "name": name,
                "purpose": purpose,
                "partner_ids": [Command.set(partners.ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make a call list"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # === Actions ===

    def action_make(self):
        """Make the list, in the background if it is long.

        :raise UserError: if something to make it of is missing
        """
        self.ensure_one()
        activity = self.activity_id or self._create_activity()
        partners = self.partner_ids
        if len(partners) <= AT_ONCE:
            activity._gestor_add_call_clients(partners, self.share)
            return {
                "type": "ir.actions.act_window",
                "res_model": "gestor.activity",
                "res_id": activity.id,
                "views": [(False, "form")],
            }
        job = partners._gestor_start_job(
            self.env._("Call list: %(name)s", name=activity.display_name),
            {"activity_id": activity.id, "share": self.share},
            method="_gestor_job_call_list",
            chunk_size=CHUNK,
        )
        return job.action_open()

    def _create_activity(self):
        if not self.name or not self.user_ids or not self.planned_start_at:
            raise UserError(
                self.env._("Fill in the subject, the planned start and the executors.")
            )
        # without an end the type knows how long it takes
        stop = self.planned_stop_at
        end = {"planned_stop_at": stop} if stop else {}
        return self.env["gestor.activity"].create(
            {
                **end,
                "name": self.name,
                "type_id": self.type_id.id or self._default_type_id().id,
                "planned_start_at": self.planned_start_at,
                "call_purpose": self.purpose,
                "description": self.script,
                "finish_rule": "all",
                "is_call_list": True,
                "executor_ids": [
                    Command.create({"user_id": user.id}) for user in self.user_ids
                ],
            }
        )
