from odoo import models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _gestor_deliver(self, quantities):
        """Validate the transfers to the client with the chosen quantities.

        What is not chosen stays open in a back order.
        """
        documents = super()._gestor_deliver(quantities)
        lines = self.order_line.filtered(
            lambda line: (
                quantities.get(line.id) and line.qty_delivered_method == "stock_move"
            )
        )
        if not lines:
            return documents
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(
                self.env._("Goods are delivered by who may work in the warehouse.")
            )
        moves = lines._gestor_get_delivery_moves()
        pickings = moves.picking_id
        pickings.action_assign()
        pickings.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        ).picked = False
        for line in lines:
            line._gestor_get_delivery_moves()._gestor_pick(
                line, line.product_uom_id, quantities[line.id]
            )
        # what was not chosen must not leave with the rest
        for move in pickings.move_ids:
            if move.state not in ("done", "cancel") and not move.picked:
                move.quantity = 0
        result = pickings.with_context(skip_backorder=True).button_validate()
        if isinstance(result, dict) and pickings.filtered(lambda p: p.state != "done"):
            raise UserError(
                self.env._(
                    "%(transfers)s has to be finished in the warehouse: it asks for"
                    " more than quantities.",
                    transfers=", ".join(pickings.mapped("name")),
                )
            )
        return pickings
