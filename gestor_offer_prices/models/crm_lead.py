from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.depends("gestor_offer_ids.price_currency_id", "gestor_offer_ids.price_rate")
    def _compute_gestor_amounts(self):
        return super()._compute_gestor_amounts()
