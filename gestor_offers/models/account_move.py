from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "gestor.search.mixin", "gestor.relation.mixin"]

    _gestor_search_sequence = 50
    _gestor_search_icon = "fa-money"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._gestor_update_offers()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._gestor_update_offers()
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._gestor_update_offers()
        return result

    def _gestor_update_offers(self):
        """Let the offers follow the invoices of their orders."""
        # sudo: the accountant needs no rights to offers, yet the invoice moves them
        moves = self.sudo().filtered(lambda move: move.is_sale_document())
        moves.line_ids.sale_line_ids.order_id.gestor_offer_id._gestor_update_realization()

    def _gestor_related(self):
        order = self.env._("order")
        return super()._gestor_related() + [
            (invoice.id, "sale.order", order_id, order)
            # sudo: the map asks for the rights to the orders themselves
            for invoice in self.sudo()
            for order_id in invoice.line_ids.sale_line_ids.order_id.ids
        ]

    @api.model
    def _gestor_node_label(self):
        return self.env._("Invoice")

    # === Search everywhere ===

    @api.model
    def _gestor_search_label(self):
        return self.env._("Invoices")

    @api.model
    def _get_gestor_exact_domain(self, text):
        invoices = Domain("move_type", "!=", "entry")
        return invoices & super()._get_gestor_exact_domain(text)

    @api.model
    def _get_gestor_hit_domain(self, text):
        clients = self.env["res.partner"]._get_gestor_documents_domain(text)
        names = ("name", "ref", "payment_reference")
        domain = Domain.OR([clients, *(Domain(name, "ilike", text) for name in names)])
        return domain & Domain("move_type", "!=", "entry")

    def _get_gestor_subtitle_parts(self):
        return [
            self.partner_id.display_name,
            self._get_gestor_selection_label("state"),
            format_date(self.env, self.invoice_date),
        ]
