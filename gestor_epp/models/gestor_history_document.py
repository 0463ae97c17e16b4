from odoo import api, fields, models
from odoo.tools import format_amount


class GestorHistoryDocument(models.Model):
    """A document of the program used before: it is read, never posted or changed."""

    _name = "gestor.history.document"
    _description = "Document of the Old Program"
    _inherit = ["gestor.history.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _gestor_history_date = "date"
    _gestor_search_icon = "fa-archive"

    name = fields.Char(string="Number", required=True, readonly=True)
    import_key = fields.Char(required=True, readonly=True, copy=False)
    symbol = fields.Char(string="Document type", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("sale", "Sale"),
            ("purchase", "Purchase"),
            ("order", "Client's order"),
            ("supplier_order", "Order to a supplier"),
            ("stock", "Stock"),
            ("payment", "Payment"),
            ("internal", "Internal"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    state = fields.Selection(
        [
            ("draft", "Put off"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("booked", "Booked"),
        ],
        string="Status",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date = fields.Date(string="Date of issue", required=True, readonly=True, index=True)
    sale_date = fields.Date(string="Date of sale", readonly=True)
    payment_date = fields.Date(string="Due date", readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        readonly=True,
        index=True,
        ondelete="set null",
        check_company=True,
    )
    partner_code = fields.Char(string="Code of the client", readonly=True)
    partner_name = fields.Char(string="Client on the document", readonly=True)
    partner_nip = fields.Char(string="NIP on the document", readonly=True)
    partner_address = fields.Char(string="Address on the document", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    currency_name = fields.Char(string="Currency in the file", readonly=True)
    amount_net = fields.Monetary(string="Net", readonly=True)
    amount_tax = fields.Monetary(string="VAT", readonly=True)
    amount_gross = fields.Monetary(string="Gross", readonly=True)
    amount_paid = fields.Monetary(string="Paid at once", readonly=True)
    payment_method = fields.Char(string="Payment form", readonly=True)
    price_name = fields.Char(string="Price level", readonly=True)
    category = fields.Char(readonly=True)
    issuer = fields.Char(string="Issued by", readonly=True)
    reference = fields.Char(string="Supplier's number", readonly=True)
    corrected_number = fields.Char(string="Corrected document", readonly=True)
    order_number = fields.Char(string="Order number", readonly=True)
    note = fields.Text(string="Remarks", readonly=True)
    line_ids = fields.One2many("gestor.history.line", "document_id", readonly=True)

    _key_unique = models.UniqueIndex("(company_id, import_key)")
    _partner_date_idx = models.Index("(partner_id, date DESC, id DESC)")

    @api.depends("name", "symbol")
    def _compute_display_name(self):
        for document in self:
            name, symbol = document.name or "", document.symbol or ""
            is_told = name.upper().startswith(symbol)
            document.display_name = name if is_told else f"{symbol} {name}"

    # === Time line ===

    @api.model
    def _get_gestor_history_label(self):
        return self.env._("Document of the old program")

    @api.model
    def _get_gestor_history_text_domain(self, text):
        return super()._get_gestor_history_text_domain(text) | fields.Domain(
            "note", "ilike", text
        )

    def _prepare_gestor_history_entry(self):
        entry = super()._prepare_gestor_history_entry()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        parts = [kinds[self.kind]]
        if self.amount_gross:
            parts.append(format_amount(self.env, self.amount_gross, self.currency_id))
        if self.issuer:
            parts.append(self.issuer)
        # nobody of this database wrote it
        author = self.env["res.partner"]
        return {**entry, "summary": " · ".join(parts), "author": author}
