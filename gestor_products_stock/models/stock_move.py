from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _prepare_move_line_vals(self, quantity=None, reserved_quant=None):
        """Take what the move asks for where the stock has rounded it.

        One piece is reserved as 0.33 of a pack, which is 0.99 of a piece when the host
        converts it back; the line is for one piece.
        """
        vals = super()._prepare_move_line_vals(quantity, reserved_quant)
        unit, stock_unit = self.product_uom, self.product_id.uom_id
        if not quantity or unit == stock_unit:
            return vals
        needed = unit.round(self.product_uom_qty - self.quantity)
        in_stock = unit._compute_quantity(needed, stock_unit, rounding_method="HALF-UP")
        if needed > 0 and not stock_unit.compare(in_stock, quantity):
            vals |= {"quantity": needed, "product_uom_id": unit.id}
        return vals
