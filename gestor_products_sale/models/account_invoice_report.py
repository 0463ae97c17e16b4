from odoo import fields, models


class AccountInvoiceReport(models.Model):
    _inherit = "account.invoice.report"

    gestor_node_ids = fields.Many2many(
        string="Classifiers of the good",
        related="product_id.product_tmpl_id.gestor_node_ids",
        groups="base.group_user",
    )
