from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_call_token_at = fields.Datetime(related="company_id.gestor_call_token_at")

    def action_gestor_call_token(self):
        """Make a new token of the telephone exchange, and show it once."""
        self.ensure_one()
        token = self.company_id._gestor_new_call_token()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Copy the token now: it is not shown again"),
                "message": token,
                "type": "warning",
                "sticky": True,
            },
        }
