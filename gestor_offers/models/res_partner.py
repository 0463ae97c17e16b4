from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_gestor_new_process(self):
        """Open a new offer process for the client."""
        self.ensure_one()
        return {
            "name": self.env._("New offer process"),
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "view_mode": "form",
            "context": {
                "default_type": "opportunity",
                "default_partner_id": self.id,
                "default_user_id": self.env.uid,
            },
        }
