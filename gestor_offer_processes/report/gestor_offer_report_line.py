from odoo import api, fields, models
from odoo.tools import SQL


class GestorOfferReportLine(models.Model):
    """The goods of offers: lines of the accepted, else of the proposed variants."""

    _name = "gestor.offer.report.line"
    _description = "Offered Goods Report"
    _inherit = ["gestor.offer.report.mixin"]
    _auto = False

    product_id = fields.Many2one("product.product", readonly=True)
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product template", readonly=True
    )
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="In the unit of the product.",
    )

    @api.model
    def _get_query_parts(self):
        columns, tables, condition = super()._get_query_parts()
        columns = SQL(
            """
            line.id AS id,
            line.product_id AS product_id,
            product.product_tmpl_id AS product_tmpl_id,
            template.categ_id AS categ_id,
            line.product_uom_qty * line_unit.factor / product_unit.factor AS quantity,
            %s
            """,
            columns,
        )
        tables = SQL(
            """%s
            JOIN sale_order_line line ON line.order_id = variant.id
            JOIN product_product product ON product.id = line.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN uom_uom line_unit ON line_unit.id = line.product_uom_id
            LEFT JOIN uom_uom product_unit ON product_unit.id = template.uom_id
            CROSS JOIN LATERAL (
                SELECT
                    line.price_subtotal / COALESCE(NULLIF(variant.currency_rate, 0), 1)
                        AS amount,
                    line.margin / COALESCE(NULLIF(variant.currency_rate, 0), 1)
                        AS margin
            ) figures
            """,
            tables,
        )
        return (
            columns,
            tables,
            SQL(
                "%s AND line.display_type IS NULL AND line.is_downpayment IS NOT TRUE",
                condition,
            ),
        )
