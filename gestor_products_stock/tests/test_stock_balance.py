from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import GestorProductsStockCommon


@tagged("post_install", "-at_install")
class TestStockBalance(GestorProductsStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.point = cls._create_point(cls.main, cls.valve, 10, 30, optimal=20)

    def _states(self, *points):
        self.env.invalidate_all()
        return [point.with_user(self.keeper).gestor_stock_state for point in points]

    def test_forecast_decides_the_state(self):
        for put, state, missing, surplus in (
            (9.99, "shortage", 10.01, 0),
            (0.01, "below", 10, 0),
            (10, "right", 0, 0),
            (10, "right", 0, 0),
            (0.01, "surplus", 0, 0.01),
        ):
            self._put(self.main, self.valve, put)
            with self.subTest(on_hand=self.point.qty_on_hand):
                self.assertEqual(self._states(self.point), [state])
                self.assertAlmostEqual(self.point.gestor_missing_qty, missing)
                self.assertAlmostEqual(self.point.gestor_surplus_qty, surplus)

    def test_shortage_is_ordered_up_to_the_optimum(self):
        self._put(self.main, self.valve, 4)
        self.point._compute_qty_to_order_computed()
        self.assertEqual(self.point.qty_to_order, 16)
        self.assertRegex(self.point.gestor_proposal, "Order 16[.,]00")
        self.point.gestor_optimal_qty = 0
        self.assertEqual(self.point.qty_to_order, 26)
        self.point.gestor_optimal_qty = 12
        self.point.replenishment_uom_id = self.env.ref("uom.product_uom_pack_6")
        self.valve.uom_ids += self.env.ref("uom.product_uom_pack_6")
        self.assertEqual(self.point.qty_to_order, 12)

    def test_optimum_outside_the_limits_is_refused(self):
        for optimal in (9, 31, -1):
            with self.subTest(optimal=optimal), self.assertRaises(ValidationError):
                self.point.gestor_optimal_qty = optimal
        with self.assertRaises(ValidationError) as caught:
            self.point.product_min_qty = 25
        self.assertIn("Zawór", str(caught.exception))
        self.point.write({"product_min_qty": 20, "product_max_qty": 20})
        with self.assertRaises(ValidationError):
            self._create_point(self.far, self.valve, 1, 2, optimal=3)

    def test_surplus_elsewhere_is_proposed_and_moved(self):
        there = self._create_point(self.far, self.valve, 1, 5)
        self._put(self.far, self.valve, 12)
        self.assertEqual(self._states(self.point, there), ["shortage", "surplus"])
        point = self.point.with_user(self.keeper)
        self.assertEqual(point.gestor_source_id, there)
        self.assertEqual(point.gestor_move_qty, 7)
        self.assertRegex(point.gestor_proposal, "Move 7[.,]00")
        self.assertIn("Filia", point.gestor_proposal)
        self.assertRegex(there.gestor_proposal, "Sell or move 7[.,]00")
        action = point.action_gestor_move_here()
        picking = self.env["stock.picking"].search(action["domain"])
        self.assertRecordValues(
            picking.move_ids,
            [
                {
                    "product_id": self.valve.id,
                    "product_uom_qty": 7,
                    "location_id": self.far.lot_stock_id.id,
                    "location_dest_id": self.main.lot_stock_id.id,
                }
            ],
        )
        # what is under way counts: no second transfer of the same goods
        self.env.invalidate_all()
        self.assertEqual(there.gestor_surplus_qty, 0)
        with self.assertRaisesRegex(UserError, "No other warehouse"):
            point.action_gestor_move_here()

    def test_surplus_of_another_company_is_not_proposed(self):
        other = self.env["res.company"].create({"name": "Other company"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        theirs = self._create_point(warehouse, self.valve, 0, 1, company_id=other.id)
        self._put(warehouse, self.valve, 50)
        self.assertEqual(theirs.gestor_stock_state, "surplus")
        self.assertFalse(self.point.gestor_source_id)
        seen = self.point.with_user(self.keeper).search([])
        self.assertNotIn(theirs, seen)

    def test_keeper_finds_points_by_their_state(self):
        there = self._create_point(self.far, self.valve, 1, 5)
        self._put(self.far, self.valve, 12)
        points = self.point.with_user(self.keeper)
        ours = [("id", "in", (self.point | there).ids)]
        for domain, found in (
            ([("gestor_stock_state", "=", "shortage")], self.point),
            ([("gestor_stock_state", "in", ["surplus", "below"])], there),
            ([("gestor_stock_state", "!=", "surplus")], self.point),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(points.search(domain + ours), found)

    def test_keeper_sets_no_optimum(self):
        with self.assertRaises(AccessError):
            self.point.with_user(self.keeper).gestor_optimal_qty = 15

    def test_stock_of_goods_is_told_to_those_who_offer_substitutes(self):
        service = self._create_product("Montaż", type="service", is_storable=False)
        self._put(self.main, self.valve, 4)
        self._put(self.far, self.valve, 2)
        goods = (self.valve | service).with_user(self.keeper)
        self.assertEqual(goods._gestor_available_quantities(), {self.valve: 6})
        far = goods.with_context(warehouse_id=self.far.id)
        self.assertEqual(far._gestor_available_quantities(), {self.valve: 2})

    def test_more_points_need_no_more_queries(self):
        products = self.env["product.product"].create(
            [{"name": f"Goods {n}", "is_storable": True} for n in range(40)]
        )
        points = self.point.browse()
        for product in products:
            points |= self._create_point(self.main, product, 1, 5, optimal=2)

        def count_queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            some = self.point.with_user(self.keeper).browse(some.ids)
            before = self.cr.sql_log_count
            some.mapped("gestor_stock_state")
            state = self.cr.sql_log_count - before
            some.mapped("gestor_proposal")
            return state, self.cr.sql_log_count - before - state

        def plain(some):
            self.env.invalidate_all()
            some = self.point.with_user(self.keeper).browse(some.ids)
            before = self.cr.sql_log_count
            some.mapped("qty_forecast")
            return self.cr.sql_log_count - before

        count_queries(points)
        plain(points)
        # the host itself asks per good for the lead time; we add a fixed number
        few, many = count_queries(points[:4]), count_queries(points)
        self.assertLessEqual(few[0] - plain(points[:4]), 2)
        self.assertLessEqual(many[0] - plain(points), 2)
        self.assertEqual(few[1], many[1])
