from odoo import models


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = [
        "stock.picking",
        "gestor.goods.document.mixin",
        "gestor.product.activity.mixin",
    ]

    _gestor_goods_path = "move_ids.product_id"

    def _action_done(self):
        """Plan what follows from the delivered goods.

        A delivery that is done cannot be cancelled, so nothing is withdrawn.
        """
        result = super()._action_done()
        done = self.filtered(
            lambda picking: (
                picking.picking_type_id.code == "outgoing" and picking.state == "done"
            )
        )
        if done:
            done._gestor_plan_goods_activities("delivery_done")
        return result

    def _gestor_goods(self):
        return {
            picking: picking.move_ids.filtered(
                lambda move: move.state == "done" and move.quantity > 0
            ).product_id
            for picking in self
        }
