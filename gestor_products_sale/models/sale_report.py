from odoo import fields, models


class SaleReport(models.Model):
    _inherit = "sale.report"

    gestor_node_ids = fields.Many2many(
        string="Classifiers of the good",
        related="product_tmpl_id.gestor_node_ids",
        groups="base.group_user",
    )
