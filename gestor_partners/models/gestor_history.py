from odoo import api, models


class GestorHistory(models.AbstractModel):
    _inherit = "gestor.history"

    @api.model
    def _get_family(self, partner_id):
        """Count people who stand only for the firm, without being its contacts."""
        family = super()._get_family(partner_id)
        people = family._get_gestor_sole_representatives()
        return family | people._filtered_access("read")
