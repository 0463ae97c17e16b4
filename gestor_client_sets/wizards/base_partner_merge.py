from odoo import api, models
from odoo.tools import SQL

#: tables with one row for each client and owner of the row
ONCE = (
    ("gestor_client_set_member", "set_id"),
    ("gestor_client_set_exclusion", "set_id"),
    ("gestor_data_issue", "check_id"),
)


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """A set keeps a client once: one row of those who become one stays."""
        self.env.flush_all()
        everybody = (src_partners | dst_partner).ids
        for table, owner in ONCE:
            self.env.cr.execute(
                SQL(
                    """DELETE FROM %(table)s AS row USING %(table)s AS kept
                        WHERE row.%(owner)s = kept.%(owner)s AND row.id > kept.id
                          AND row.partner_id = ANY(%(ids)s)
                          AND kept.partner_id = ANY(%(ids)s)""",
                    table=SQL.identifier(table),
                    owner=SQL.identifier(owner),
                    ids=everybody,
                )
            )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["gestor.client.set"]._forget_members()
        return result
