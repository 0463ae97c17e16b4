from odoo import fields, models


class GestorProductActivityTemplate(models.Model):
    _inherit = "gestor.product.activity.template"

    moment = fields.Selection(
        selection_add=[
            ("sale_confirmed", "Order confirmed"),
            ("invoice_posted", "Invoice posted"),
        ],
        ondelete={"sale_confirmed": "cascade", "invoice_posted": "cascade"},
    )
