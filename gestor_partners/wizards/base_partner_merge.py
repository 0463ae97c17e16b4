from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Whoever bought under one of the records is a standard client afterwards.

        Own companies and employees stay what they are, no clients. The client is
        still found by the names that it gives up.
        """
        partners = src_partners | dst_partner
        was_client = bool(dst_partner.gestor_kind)
        is_standard = "standard" in partners.mapped("gestor_kind")
        names = partners._get_gestor_known_names()
        result = super()._update_values(src_partners, dst_partner)
        if not was_client:
            dst_partner.gestor_kind = False
        elif is_standard:
            dst_partner._gestor_become_standard()
        dst_partner._gestor_keep_names(names)
        return result

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Leave one row of each interest, person, guardian and period."""
        self.env["gestor.client.interest"]._merge_doubles(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # the host moves the rows in SQL, behind the cache
        self.env.invalidate_all()
        self.env["gestor.representation"]._merge_doubles(dst_partner)
        self.env["gestor.guardian"]._merge_doubles(dst_partner)
        self.env.add_to_compute(
            dst_partner._fields["gestor_role_contacts"], dst_partner
        )
        return result
