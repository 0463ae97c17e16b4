from odoo import api, fields, models
from odoo.tools import SQL


class GestorOfferReport(models.Model):
    """Offers by seller, source, loss reason and competitor, each once."""

    _name = "gestor.offer.report"
    _description = "Offer Report"
    _inherit = ["gestor.offer.report.mixin"]
    _auto = False

    variant_count = fields.Integer(string="Variants", readonly=True)

    @api.model
    def _get_query_parts(self):
        columns, tables, condition = super()._get_query_parts()
        columns = SQL(
            "o.id AS id, variants.quantity AS variant_count, %s",
            columns,
        )
        tables = SQL(
            """%s
            CROSS JOIN LATERAL (
                SELECT
                    o.amount_untaxed / COALESCE(NULLIF(variant.currency_rate, 0), 1)
                        AS amount,
                    o.margin / COALESCE(NULLIF(variant.currency_rate, 0), 1) AS margin
            ) figures
            CROSS JOIN LATERAL (
                SELECT COUNT(*) AS quantity FROM sale_order
                WHERE sale_order.gestor_offer_id = o.id
            ) variants
            """,
            tables,
        )
        return columns, tables, condition
