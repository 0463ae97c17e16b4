from odoo import fields, models


class GestorHistoryLine(models.Model):
    _name = "gestor.history.line"
    _description = "Line of a Document of the Old Program"
    _order = "document_id desc, id"

    document_id = fields.Many2one(
        "gestor.history.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="document_id.company_id")
    currency_id = fields.Many2one(related="document_id.currency_id")
    date = fields.Date(related="document_id.date")
    kind = fields.Selection(related="document_id.kind")
    partner_id = fields.Many2one(related="document_id.partner_id")
    product_id = fields.Many2one(
        "product.product",
        string="Good or service",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    code = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    description = fields.Text(readonly=True)
    unit = fields.Char(readonly=True)
    quantity = fields.Float(digits=(16, 4), readonly=True)
    discount = fields.Float(string="Discount (%)", readonly=True, aggregator=None)
    price_net = fields.Float(
        string="Net price", digits=(16, 4), readonly=True, aggregator=None
    )
    price_gross = fields.Float(
        string="Gross price", digits=(16, 4), readonly=True, aggregator=None
    )
    vat_percent = fields.Float(
        string="VAT rate (%)",
        readonly=True,
        aggregator=None,
        help="Below zero: -1 exempt, -2 export, -3 EU, -4 outside the act, -5 reverse "
        "charge.",
    )
    amount_net = fields.Monetary(string="Net", readonly=True)
    amount_tax = fields.Monetary(string="VAT", readonly=True)
    amount_gross = fields.Monetary(string="Gross", readonly=True)
