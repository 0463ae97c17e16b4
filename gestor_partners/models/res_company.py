from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._gestor_mark_own()
        return companies

    def _gestor_mark_own(self):
        """Own companies are no clients."""
        self.partner_id.filtered("gestor_kind").gestor_kind = False
