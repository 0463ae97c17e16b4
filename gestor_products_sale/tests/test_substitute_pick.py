from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorProductsSaleCommon


@tagged("post_install", "-at_install")
class TestSubstitutePick(GestorProductsSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_valve = cls._create_product("Zawór nowy", list_price=35)
        cls.half_valve = cls._create_product("Półzawór", list_price=16)
        cls._create_substitute(cls.valve, cls.new_valve, sequence=1, note="Nowszy")
        cls.half = cls._create_substitute(
            cls.valve, cls.half_valve, sequence=2, ratio_num=2, is_both_ways=True
        )

    @classmethod
    def _create_substitute(cls, product, substitute, **vals):
        return cls.env["gestor.product.substitute"].create(
            {"product_id": product.id, "substitute_id": substitute.id, **vals}
        )

    def _pick(self, line):
        action = line.action_gestor_substitutes()
        return (
            self.env[action["res_model"]]
            .browse(action["res_id"])
            .with_user(self.seller)
        )

    def _with_stock(self, quantities):
        """Count the stock of some goods; the rest is not counted."""
        products = self.env.registry["product.product"]

        def available(records):
            return {record: quantities[record] for record in records & known}

        known = self.env["product.product"].union(*quantities)
        return patch.object(products, "_gestor_available_quantities", available)

    def test_seller_is_offered_substitutes_with_quantity_and_price(self):
        line = self._create_order([(self.valve, 3)]).order_line
        self.assertRecordValues(
            self._pick(line).option_ids,
            [
                {"product_id": self.new_valve.id, "quantity": 3, "price_unit": 35,
                 "amount": 105, "note": "Nowszy"},
                {"product_id": self.half_valve.id, "quantity": 6, "price_unit": 16,
                 "amount": 96, "note": False},
            ],
        )  # fmt: skip

    def test_used_substitute_takes_the_place_of_the_good(self):
        order = self._create_order([(self.valve, 3), (self.pipe, 1)])
        line = order.order_line[0]
        line.price_unit = 1
        self._pick(line).option_ids[1].action_use()
        self.assertRecordValues(
            line,
            [
                {
                    "product_id": self.half_valve.id,
                    "product_uom_id": self.unit.id,
                    "product_uom_qty": 6,
                    "price_unit": 16,
                    "name": self.half_valve.display_name,
                }
            ],
        )
        self.assertEqual(order.order_line[1].product_id, self.pipe)
        self.assertIn("was replaced", order.message_ids[0].body)
        # the other way round: half as many of the whole ones
        self._pick(line).option_ids.action_use()
        self.assertEqual(line.product_id, self.valve)
        self.assertEqual(line.product_uom_qty, 3)

    def test_quantity_counts_in_the_units_of_both_goods(self):
        self.valve.uom_ids = [Command.link(self.dozen.id)]
        self.half_valve.uom_id = self.dozen
        self.half.write({"ratio_num": 1, "ratio_den": 3})
        line = self._create_order([(self.valve, 2, self.dozen)]).order_line
        option = self._pick(line).option_ids[1]
        self.assertEqual(option.uom_id, self.dozen)
        self.assertEqual(option.quantity, 8)

    def test_quantity_is_rounded_up_to_what_the_good_is_counted_in(self):
        self.unit.gestor_decimal_places = "0"
        self.half.write({"ratio_num": 1, "ratio_den": 3})
        line = self._create_order([(self.valve, 4)]).order_line
        self._pick(line).option_ids[1].action_use()
        self.assertEqual(line.product_uom_qty, 2)

    def test_price_is_that_of_the_price_list_for_the_quantity(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Hurt",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.half_valve.id,
                            "min_quantity": 6,
                            "fixed_price": 14,
                        }
                    )
                ],
            }
        )
        order = self._create_order([(self.valve, 3)], pricelist_id=pricelist.id)
        option = self._pick(order.order_line).option_ids[1]
        self.assertEqual(option.price_unit, 14)
        option.action_use()
        self.assertEqual(order.order_line.price_unit, 14)

    def test_line_says_why_to_look_at_the_substitutes(self):
        order = self._create_order([(self.valve, 3), (self.pipe, 1)])
        lines = order.order_line
        states = lines.mapped("gestor_substitute_state")
        self.assertEqual(states, ["offered", False])
        for quantity, state in ((2.99, "short"), (3, "offered")):
            lines.invalidate_recordset()
            with (
                self.subTest(quantity=quantity),
                self._with_stock({self.valve: quantity}),
            ):
                self.assertEqual(lines[0].gestor_substitute_state, state)
        self.valve.active = False
        lines.invalidate_recordset()
        self.assertEqual(lines[0].gestor_substitute_state, "archived")

    def test_stock_of_the_substitutes_is_shown_where_it_is_counted(self):
        line = self._create_order([(self.valve, 3)]).order_line
        with self._with_stock({self.valve: 0, self.half_valve: 5}):
            options = self._pick(line).option_ids
        self.assertEqual(options.mapped("is_counted"), [False, True])
        self.assertEqual(options.mapped("available"), [0, 5])
        self.assertEqual(options.mapped("is_short"), [False, True])

    def test_order_is_left_as_it_was_confirmed(self):
        order = self._create_order([(self.valve, 3)])
        pick = self._pick(order.order_line)
        order.action_confirm()
        self.assertFalse(order.order_line.gestor_substitute_state)
        with self.assertRaisesRegex(UserError, "quotations only"):
            order.order_line.action_gestor_substitutes()
        with self.assertRaisesRegex(UserError, "quotations only"):
            pick.option_ids[0].action_use()
        self.assertEqual(order.order_line.product_id, self.valve)

    def test_other_company_offers_its_own_substitutes(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.half.company_id = other
        line = self._create_order([(self.valve, 3)]).order_line
        self.assertEqual(self._pick(line).option_ids.product_id, self.new_valve)

    def test_more_lines_need_no_more_queries(self):
        def count_queries(number):
            order = self._create_order([(self.valve, 3)] * number)
            self.env.flush_all()
            self.env.invalidate_all()
            lines = order.order_line
            lines.mapped("order_id.state")
            before = self.cr.sql_log_count
            lines.mapped("gestor_substitute_state")
            return self.cr.sql_log_count - before

        count_queries(2)
        self.assertLessEqual(count_queries(40), count_queries(2))
