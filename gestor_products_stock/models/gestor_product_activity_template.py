from odoo import fields, models


class GestorProductActivityTemplate(models.Model):
    _inherit = "gestor.product.activity.template"

    moment = fields.Selection(
        selection_add=[("delivery_done", "Delivery done")],
        ondelete={"delivery_done": "cascade"},
    )
