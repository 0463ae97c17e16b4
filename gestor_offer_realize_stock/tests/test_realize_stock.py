from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_offer_realize.tests.common import GestorOfferRealizeCommon


@tagged("post_install", "-at_install")
class TestRealizeStock(GestorOfferRealizeCommon):
    """Offers are delivered from stock, and their status follows the goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer_type.write({"realized_by": "delivery", "state_part": "accepted"})
        cls.products.is_storable = True
        cls.location = (
            cls.env["stock.warehouse"]
            .search([("company_id", "=", cls.company.id)], limit=1)
            .lot_stock_id
        )
        for product in cls.products:
            cls.env["stock.quant"]._update_available_quantity(
                product, cls.location, 100
            )
        cls.offer = cls._create_accepted_offer()
        cls.order = cls.offer.accepted_order_id
        cls.salesperson.group_ids = [
            Command.link(cls.env.ref("stock.group_stock_user").id)
        ]

    def _deliver(self, quantities):
        wizard = self._create_wizard(kind="delivery")
        for line, quantity in zip(wizard.line_ids, quantities, strict=False):
            line.quantity = quantity
        return wizard.action_apply()

    def test_goods_leave_in_parts_and_the_status_follows(self):
        self._deliver([1, 2, 0, 0, 0])
        delivered = self.order.order_line.mapped("qty_delivered")
        self.assertEqual(delivered, [1, 2, 0, 0, 0])
        self.assertEqual(self.offer.state, "accepted")
        wizard = self._create_wizard(kind="delivery")
        self.assertEqual(wizard.line_ids.mapped("quantity"), [1, 2, 2, 2])
        wizard.action_apply()
        self.assertEqual(set(self.order.order_line.mapped("qty_delivered")), {2})
        self.assertEqual(self.offer.state, "realized")

    def test_returned_goods_take_the_realization_back(self):
        self._deliver([])
        self.assertEqual(self.offer.state, "realized")
        picking = self.order.picking_ids.filtered(lambda p: p.state == "done")
        returned = self.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in returned.product_return_moves:
            line.quantity = line.move_id.quantity
        back = returned._create_return()
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(set(self.order.order_line.mapped("qty_delivered")), {0})
        self.assertEqual(self.offer.state, "accepted")

    def test_too_little_in_stock_is_named_and_nothing_leaves(self):
        self.order.picking_ids.do_unreserve()
        self.env["stock.quant"]._update_available_quantity(
            self.products[0], self.location, -99
        )
        with self.assertRaisesRegex(UserError, "Product 1: 2 to deliver, only"):
            self._deliver([])
        self.assertEqual(set(self.order.picking_ids.mapped("state")) & {"done"}, set())

    def test_who_does_not_work_in_the_warehouse_delivers_nothing(self):
        self.salesperson.group_ids = [
            Command.unlink(self.env.ref("stock.group_stock_user").id)
        ]
        with self.assertRaisesRegex(AccessError, "warehouse"):
            self._deliver([])

    def test_order_with_goods_out_is_not_cancelled(self):
        self._deliver([])
        with self.assertRaisesRegex(UserError, "Take the goods back"):
            self.order._action_cancel()
