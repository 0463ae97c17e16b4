from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Let the offers follow what is delivered and what comes back."""
        result = super()._action_done()
        # sudo: a warehouse worker needs no rights to offers, yet the goods move them
        orders = self.sudo().move_ids.sale_line_id.order_id
        orders.gestor_offer_id._gestor_update_realization()
        return result
