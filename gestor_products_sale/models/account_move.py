from odoo import models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = [
        "account.move",
        "gestor.goods.document.mixin",
        "gestor.product.activity.mixin",
    ]

    _gestor_goods_path = "invoice_line_ids.product_id"

    def _post(self, soft=True):
        """Plan what follows from the goods of invoices."""
        posted = super()._post(soft)
        sales = posted.filtered(
            lambda move: move.move_type in ("out_invoice", "out_receipt")
        )
        if sales:
            sales._gestor_plan_goods_activities("invoice_posted")
        return posted

    def button_cancel(self):
        """Withdraw what was to follow from the goods."""
        result = super().button_cancel()
        self._gestor_cancel_goods_activities()
        return result

    def _gestor_goods(self):
        return {
            move: move.invoice_line_ids.filtered(
                lambda line: line.display_type == "product" and line.quantity > 0
            ).product_id
            for move in self
        }

    def _gestor_goods_responsible(self):
        return self.invoice_user_id
