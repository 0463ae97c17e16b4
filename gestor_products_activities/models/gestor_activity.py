from odoo import fields, models


class GestorActivity(models.Model):
    _inherit = "gestor.activity"

    goods_template_id = fields.Many2one(
        "gestor.product.activity.template",
        string="Activity template of goods",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
    goods_origin_model = fields.Char(
        string="Kind of the document of goods", readonly=True, copy=False
    )
    goods_origin_id = fields.Many2oneReference(
        string="Document of goods",
        model_field="goods_origin_model",
        readonly=True,
        copy=False,
    )

    _goods_once = models.UniqueIndex(
        "(goods_origin_model, goods_origin_id, goods_template_id) "
        "WHERE goods_origin_id IS NOT NULL AND state != 'cancelled'",
        "This activity of the document is planned already.",
    )

    def _gestor_related(self):
        goods = self.env._("goods")
        return super()._gestor_related() + [
            (
                activity.id,
                activity.goods_origin_model,
                activity.goods_origin_id,
                goods,
            )
            for activity in self
            if activity.goods_origin_id and activity.goods_origin_model in self.env
        ]
