from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

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
