from odoo import fields, models


class GestorPlannedActionPostpone(models.TransientModel):
    _name = "gestor.planned.action.postpone"
    _description = "Put Off Planned Actions"

    action_ids = fields.Many2many(
        "gestor.planned.action",
        default=lambda self: self.env.context.get("active_ids"),
    )
    delay = fields.Selection(
        [
            ("quarter", "For a quarter of an hour"),
            ("hour", "For an hour"),
            ("tomorrow", "Until tomorrow morning"),
        ],
        string="Ask again",
        required=True,
        default="hour",
    )

    def action_apply(self):
        """Put the chosen actions off."""
        self.ensure_one()
        self.action_ids.action_postpone(self.delay)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
