from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import GestorProductsSaleCommon


@tagged("post_install", "-at_install")
class TestLinePrecision(GestorProductsSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.group_user").implied_ids += cls.env.ref("uom.group_uom")
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.screws = cls._create_product("Wkręty", uom_id=cls.kilogram.id)
        cls.env["product.uom"].create(
            {
                "product_id": cls.valve.id,
                "uom_id": cls.unit.id,
                "gestor_decimal_places": "0",
                "company_id": False,
            }
        )

    def test_half_a_valve_is_refused_with_its_name(self):
        with self.assertRaisesRegex(ValidationError, "Zawór.*whole numbers.*1.50"):
            self._create_order([(self.pipe, 1.5), (self.valve, 1.5)])
        order = self._create_order([(self.pipe, 1.5), (self.valve, 2)])
        with self.assertRaisesRegex(ValidationError, "Zawór"):
            order.order_line[1].product_uom_qty = 2.25
        self.assertEqual(order.order_line[0].product_uom_qty, 1.5)

    def test_other_unit_of_the_same_good_is_free(self):
        self.valve.uom_ids = [Command.link(self.dozen.id)]
        order = self._create_order([(self.valve, 1.5, self.dozen)])
        self.assertEqual(order.order_line.product_uom_qty, 1.5)
        with self.assertRaises(ValidationError):
            order.order_line.product_uom_id = self.unit

    def test_every_wrong_line_of_two_orders_is_named(self):
        self.kilogram.gestor_decimal_places = "1"
        orders = self._create_order([(self.valve, 1)]) | self._create_order(
            [(self.screws, 1.5)]
        )
        with self.assertRaises(ValidationError) as caught:
            orders.order_line.write({"product_uom_qty": 1.25})
        for word in ("Zawór", "Wkręty", "1 decimal places"):
            self.assertIn(word, str(caught.exception))

    def test_company_with_its_own_precision(self):
        other = self.env["res.company"].create({"name": "Other company"})
        row = self.env["product.uom"].create(
            {
                "product_id": self.pipe.id,
                "uom_id": self.unit.id,
                "gestor_decimal_places": "0",
                "company_id": other.id,
            }
        )
        self._create_order([(self.pipe, 1.5)])
        row.company_id = self.env.company
        with self.assertRaises(ValidationError):
            self._create_order([(self.pipe, 1.5)])

    def test_typed_quantity_is_rounded_and_the_seller_told(self):
        orders = self.env["sale.order"].with_user(self.seller)
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as log:
            with Form(orders) as form:
                form.partner_id = self.client
                with form.order_line.new() as line:
                    line.product_id = self.valve
                    line.product_uom_qty = 2.5
                    self.assertEqual(line.product_uom_qty, 3)
        self.assertIn("whole numbers", log.output[0])
        self.assertEqual(form.record.order_line.product_uom_qty, 3)

    def test_notes_and_sections_have_no_quantity(self):
        order = self._create_order(
            order_line=[
                Command.create({"display_type": "line_note", "name": "Note"}),
                Command.create({"display_type": "line_section", "name": "Section"}),
            ]
        )
        self.assertEqual(len(order.order_line), 2)

    def test_more_lines_need_no_more_queries(self):
        def count_queries(lines):
            order = self._create_order([(self.valve, 1)] * lines)
            self.env.flush_all()
            lines = order.order_line
            lines.mapped("product_uom_qty")
            before = self.cr.sql_log_count
            lines._check_gestor_decimal_places()
            return self.cr.sql_log_count - before

        count_queries(2)
        self.assertEqual(count_queries(3), count_queries(40))
