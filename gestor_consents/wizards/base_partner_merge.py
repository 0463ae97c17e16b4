from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Merge consents first: the host would delete what stands twice."""
        # sudo: whoever may merge clients merges all that belongs to them
        consents = self.env["gestor.consent"].sudo()
        consents._gestor_merge(src_partners.sudo(), dst_partner.sudo())
        gone = [("partner_id", "in", src_partners.ids)]
        self.env["gestor.consent.link"].sudo().search(gone).unlink()
        return super()._update_foreign_keys(src_partners, dst_partner)
