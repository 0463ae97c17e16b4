from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..const import OPEN

CLIENTS = [
    ("all", "All clients"),
    ("unserved", "Clients not served"),
    ("none", "No clients"),
]


class GestorActivityContinue(models.TransientModel):
    """Makes the activities that follow from one activity, and closes it if wished."""

    _name = "gestor.activity.continue"
    _description = "Continue An Activity"

    activity_id = fields.Many2one("gestor.activity", required=True, readonly=True)
    activity_state = fields.Selection(related="activity_id.state")
    kind = fields.Selection(related="activity_id.kind")
    company_id = fields.Many2one(related="activity_id.company_id")
    closing = fields.Selection(
        [
            ("keep", "Leave it open"),
            ("done", "Finish it with success"),
            ("failed", "Finish it without success"),
        ],
        string="This activity",
        default=lambda self: self._default_closing(),
        required=True,
    )
    result_id = fields.Many2one(
        "gestor.activity.result",
        domain="[('kind', 'in', (kind, False)), "
        "('company_id', 'in', (company_id, False))]",
    )
    result_note = fields.Text(string="Result note")
    line_ids = fields.One2many(
        "gestor.activity.continue.line",
        "continue_id",
        string="Next activities",
        default=lambda self: [Command.create({})],
    )

    @api.model
    def _default_closing(self):
        activity = self.env["gestor.activity"].browse(
            self.env.context.get("default_activity_id")
        )
        return "done" if activity.exists().state in OPEN else "keep"

    def action_continue(self):
        """Make the next activities, close the first one, and show what was made.

        :raise UserError: if nothing is to follow
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._("Say what follows: add at least one next activity.")
            )
        # before it is closed: whoever was not served yet is still known then
        made = self.env["gestor.activity"].create(
            [line._prepare_activity_vals() for line in self.line_ids]
        )
        if self.closing != "keep":
            self.activity_id._gestor_finish(
                self.closing, self.result_id, self.result_note
            )
        return made._get_records_action(name=self.env._("Next activities"))


class GestorActivityContinueLine(models.TransientModel):
    """One activity that follows."""

    _name = "gestor.activity.continue.line"
    _description = "Next Activity"
    _order = "id"

    continue_id = fields.Many2one(
        "gestor.activity.continue", required=True, ondelete="cascade", index=True
    )
    source_id = fields.Many2one(related="continue_id.activity_id")
    type_id = fields.Many2one(
        "gestor.activity.type",
        required=True,
        default=lambda self: self.env["gestor.activity"]._default_type_id(),
    )
    name = fields.Char(
        string="Subject",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Executor",
        domain="[('share', '=', False)]",
        help="Who does it. Whoever continues the activity answers for it.",
        default=lambda self: self.env.user,
        required=True,
    )
    planned_start_at = fields.Datetime(
        string="Planned start",
        required=True,
        default=lambda self: self._default_planned_start_at(),
    )
    clients = fields.Selection(
        CLIENTS, string="With", default=lambda self: "all", required=True
    )

    @api.model
    def _default_planned_start_at(self):
        """Return this hour of tomorrow: what follows is rarely for at once."""
        start = self.env["gestor.activity"]._default_planned_start_at()
        return start + timedelta(days=1)

    @api.depends("continue_id.activity_id")
    def _compute_name(self):
        for line in self:
            line.name = line.name or line.continue_id.activity_id.name

    def _prepare_activity_vals(self):
        """Return the values of the activity that follows.

        :rtype: dict
        """
        self.ensure_one()
        source = self.continue_id.activity_id
        vals = {
            **self.env["gestor.activity"]._gestor_prepare_continued_vals(source),
            "name": self.name,
            "type_id": self.type_id.id,
            "user_id": self.env.uid,
            "executor_ids": [Command.create({"user_id": self.user_id.id})],
            "planned_start_at": self.planned_start_at,
            "client_ids": source._prepare_continued_clients(self.clients),
        }
        vals.pop("partner_id", None)  # the first of the clients
        return vals
