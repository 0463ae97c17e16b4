from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Who buys is a standard client from the first invoice on."""
        posted = super()._post(soft)
        sales = posted.filtered(
            lambda move: move.move_type in ("out_invoice", "out_receipt")
        )
        sales.partner_id._gestor_become_standard()
        return posted
