from odoo import api, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "gestor.history.mixin"]

    def action_gestor_history(self):
        """Open the time line of the client."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "gestor_base.gestor_history_action"
        )
        action["context"] = {"gestor_base_history_partner": self.id}
        return action

    @api.model
    def _gestor_history_kinds(self):
        # the client is no event; what hangs on the record is
        return []

    @api.model
    def _gestor_history_domain(self, partner_ids):
        return Domain("id", "in", partner_ids)
