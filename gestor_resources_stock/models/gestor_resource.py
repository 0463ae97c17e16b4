from odoo import fields, models


class GestorResource(models.Model):
    _inherit = "gestor.resource"
    _check_company_auto = True

    warehouse_id = fields.Many2one(
        "stock.warehouse",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        help="Where the resource belongs, besides its branch.",
    )
