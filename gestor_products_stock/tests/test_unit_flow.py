from odoo import Command
from odoo.tests import tagged

from .common import GestorProductsStockCommon


@tagged("post_install", "-at_install")
class TestUnitFlow(GestorProductsStockCommon):
    """Goods kept in packs of three and taken by the piece, and the other way round."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        units = cls.env["uom.uom"]
        cls.pack = units.create({"name": "Paczka po 3"})
        cls.piece = units.create(
            {
                "name": "Sztuka z paczki",
                "relative_uom_id": cls.pack.id,
                "factor_num": 1,
                "factor_den": 3,
            }
        )
        cls.packed = cls._create_product(
            "Uszczelka", uom_id=cls.pack.id, uom_ids=[Command.link(cls.piece.id)]
        )
        cls.customers = cls.env.ref("stock.stock_location_customers")

    def _create_delivery(self, product, quantity, unit):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.main.out_type_id.id,
                "location_id": self.main.lot_stock_id.id,
                "location_dest_id": self.customers.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom": unit.id,
                            "product_uom_qty": quantity,
                            "location_id": self.main.lot_stock_id.id,
                            "location_dest_id": self.customers.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def _deliver(self, product, quantity, unit):
        picking = self._create_delivery(product, quantity, unit)
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking.move_ids

    def test_three_pieces_are_exactly_one_pack(self):
        self._put(self.main, self.packed, 5)
        move = self._deliver(self.packed, 3, self.piece)
        self.assertEqual(move.product_qty, 1)
        self.assertEqual(move.quantity, 3)
        self.assertEqual(self.packed.qty_available, 4)

    def test_single_piece_is_delivered_whole_and_not_as_a_rounded_third(self):
        self._put(self.main, self.packed, 1)
        move = self._deliver(self.packed, 1, self.piece)
        self.assertEqual(move.quantity, 1)
        self.assertEqual(move.product_qty, 0.33)

    def test_single_pieces_leave_nothing_of_their_packs(self):
        self._put(self.main, self.packed, 2)
        left = []
        for _time in range(6):
            self._deliver(self.packed, 1, self.piece)
            left.append(self.packed.qty_available)
        self.assertEqual(left, [1.67, 1.33, 1, 0.67, 0.33, 0])
        at_clients = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.packed.id),
                ("location_id", "=", self.customers.id),
            ]
        )
        self.assertEqual(sum(at_clients.mapped("quantity")), 2)

    def test_pieces_reserved_together_leave_nothing_of_their_packs(self):
        self._put(self.main, self.packed, 1)
        pickings = self.env["stock.picking"].union(
            *(self._create_delivery(self.packed, 1, self.piece) for _time in range(3))
        )
        self.assertEqual(pickings.mapped("state"), ["assigned"] * 3)
        pickings.move_ids.picked = True
        for picking in pickings:
            picking.button_validate()
        self.assertEqual(self.packed.qty_available, 0)
        self.assertEqual(self.packed.free_qty, 0)

    def test_stock_in_decimals_stays_as_it_was_counted(self):
        self._put(self.main, self.packed, 0.5)
        self.assertEqual(self.packed.qty_available, 0.5)
        plain = self._create_product("Sznur", uom_id=self.pack.id)
        self._put(self.main, plain, 0.34)
        self.assertEqual(plain.qty_available, 0.34)

    def test_part_of_a_pack_that_is_left_is_reserved_as_far_as_it_goes(self):
        self._put(self.main, self.packed, 1)
        picking = self._create_delivery(self.packed, 4, self.piece)
        self.assertEqual(picking.move_ids.state, "partially_available")
        self.assertEqual(picking.move_ids.quantity, 3)

    def test_single_pieces_out_of_a_good_kept_in_pieces_never_drift(self):
        bulk = self._create_product(
            "Uszczelka luzem",
            uom_id=self.piece.id,
            uom_ids=[Command.link(self.pack.id)],
        )
        self._put(self.main, bulk, 30)
        for _time in range(6):
            self._deliver(bulk, 1, self.piece)
        self.assertEqual(self._deliver(bulk, 8, self.pack).product_qty, 24)
        self.assertEqual(bulk.qty_available, 0)

    def test_seller_sells_one_piece_of_a_good_kept_in_packs(self):
        orders = self.env.get("sale.order")
        if orders is None or "warehouse_id" not in orders._fields:
            self.skipTest("needs sales with stock")
        self.packed.list_price = 9.99
        self.packed.invoice_policy = "delivery"
        self._put(self.main, self.packed, 5)
        order = orders.create(
            {
                "partner_id": self.partner.id,
                "warehouse_id": self.main.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.packed.id,
                            "product_uom_id": self.piece.id,
                            "product_uom_qty": quantity,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for quantity in (1, 3)
                ],
            }
        )
        self.assertEqual(order.order_line.mapped("price_unit"), [3.33, 3.33])
        self.assertEqual(order.amount_total, 13.32)
        order.action_confirm()
        moves = order.picking_ids.move_ids
        # three pieces are one pack; one piece is asked for as it was sold
        self.assertRecordValues(
            moves.sorted("product_qty"),
            [
                {"product_uom_qty": 1, "product_uom": self.piece.id},
                {"product_uom_qty": 1, "product_uom": self.pack.id},
            ],
        )
        moves.picked = True
        order.picking_ids.button_validate()
        self.assertEqual(order.order_line.mapped("qty_delivered"), [1, 3])
        self.assertEqual(order.order_line.mapped("qty_to_invoice"), [1, 3])
        self.assertEqual(sorted(moves.mapped("product_qty")), [0.33, 1])
        self.assertAlmostEqual(self.packed.qty_available, 5 - 1 - 0.33)
