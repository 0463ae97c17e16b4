from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    def _gestor_pick(self, line, uom, quantity):
        """Pick a quantity of an order line from its open moves.

        :param line: the order line, for the message
        :param uom: unit of the quantity
        :raise UserError: if there are not as many goods
        """
        left = quantity
        for move in self:
            reserved = move.product_uom._compute_quantity(move.quantity, uom)
            taken = min(reserved, left)
            move.quantity = uom._compute_quantity(taken, move.product_uom)
            move.picked = uom.compare(taken, 0) > 0
            left -= taken
        if uom.compare(left, 0) > 0:
            raise UserError(
                self.env._(
                    "%(product)s: %(wanted)g to deliver, only %(ready)g ready in"
                    " stock.",
                    product=line.product_id.display_name,
                    wanted=quantity,
                    ready=quantity - left,
                )
            )
