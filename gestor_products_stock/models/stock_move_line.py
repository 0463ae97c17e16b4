from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    gestor_node_ids = fields.Many2many(
        string="Classifiers of the good",
        related="product_id.gestor_node_ids",
        groups="base.group_user",
    )
