from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _gestor_is_deliverable(self):
        return super()._gestor_is_deliverable() or (
            self.qty_delivered_method == "stock_move"
        )

    def _gestor_get_delivery_moves(self):
        """Return the open moves that take the goods out to the client."""
        return self.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_dest_id.usage in ("customer", "transit")
            )
        ).sorted("id")
