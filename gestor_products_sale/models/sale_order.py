from odoo import api, fields, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    _inherit = "sale.order"

    gestor_node_ids = fields.Many2many(
        "gestor.classifier.node",
        string="Classifiers of its goods",
        compute="_compute_gestor_node_ids",
        search="_search_gestor_node_ids",
        groups="base.group_user",
    )

    @api.depends("order_line.product_id.gestor_node_ids")
    def _compute_gestor_node_ids(self):
        for order in self:
            order.gestor_node_ids = order.order_line.product_id.gestor_node_ids

    @api.model
    def _search_gestor_node_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("order_line.product_id.gestor_node_ids", operator, value)
