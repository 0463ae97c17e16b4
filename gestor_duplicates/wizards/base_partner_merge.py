from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _get_fk_on(self, table):
        """Leave out the pairs: the host would delete those it cannot move."""
        own = self.env["gestor.duplicate"]._table
        return [item for item in super()._get_fk_on(table) if item[0] != own]

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Keep what was decided, and no client as a branch of itself."""
        partners = src_partners | dst_partner
        self.env["gestor.duplicate"]._gestor_move(src_partners, dst_partner)
        partners.filtered(
            lambda partner: partner.gestor_head_office_id in partners
        ).gestor_head_office_id = False
        return super()._update_foreign_keys(src_partners, dst_partner)
