from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # copied: a variant made from another one stands for the same goods
    gestor_activity_goods_id = fields.Many2one(
        "gestor.activity.goods",
        string="Goods of an activity",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
