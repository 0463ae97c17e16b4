from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Merge consents first: the host would delete what stands twice."""
        # sudo: whoever may merge clients merges all that belongs to them
        consents = self.env["gestor.consent"].sudo()
        sources, target = (
            p.with_env(consents.env) for p in (src_partners, dst_partner)
        )
        consents._gestor_merge(sources, target)
        gone = [("partner_id", "in", src_partners.ids)]
        consents.env["gestor.consent.link"].search(gone).unlink()
        return super()._update_foreign_keys(src_partners, dst_partner)
