from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestUnitPrecision(GestorProductsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.product = cls.boiler.product_variant_id
        cls.other = cls._create_goods("Palnik").product_variant_id
        cls.company = cls.env.company
        cls.company_b = cls.env["res.company"].create({"name": "Other company"})

    def _create_row(self, **vals):
        return self.env["product.uom"].create(
            {
                "product_id": self.product.id,
                "uom_id": self.unit.id,
                "company_id": False,
                **vals,
            }
        )

    def _places(self, product, unit, company=None):
        rows = self.env["product.uom"].with_user(self.reader)
        found = rows._gestor_places([(product, unit)], company or self.company)
        return found.get((product, unit))

    def test_good_wins_over_its_unit_and_company_over_all(self):
        self.assertIsNone(self._places(self.product, self.unit))
        self.unit.gestor_decimal_places = "1"
        self.assertEqual(self._places(self.product, self.unit), 1)
        self._create_row(gestor_decimal_places="0")
        self.assertEqual(self._places(self.product, self.unit), 0)
        self.assertEqual(self._places(self.other, self.unit), 1)
        self._create_row(gestor_decimal_places="2", company_id=self.company.id)
        self.assertEqual(self._places(self.product, self.unit), 2)
        self.assertEqual(self._places(self.product, self.unit, self.company_b), 0)

    def test_branch_uses_the_row_of_its_head_office(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self._create_row(gestor_decimal_places="0", company_id=self.company.id)
        self.assertEqual(self._places(self.product, self.unit, branch), 0)
        self.assertIsNone(self._places(self.product, self.unit, self.company_b))

    def test_too_fine_quantities_are_named(self):
        self.unit.gestor_decimal_places = "0"
        rows = self.env["product.uom"].with_user(self.reader)
        lines = [
            (self.product, self.unit, 1.5),
            (self.other, self.unit, 2.0),
            (self.product, self.dozen, 0.25),
            (self.product, self.unit, 0.1 + 0.2 + 0.7),
        ]
        found = rows._gestor_too_fine(lines, self.company)
        self.assertEqual(found, [(self.product, self.unit, 1.5, 0)])
        message = rows._gestor_too_fine_message(*found[0])
        self.assertIn("whole numbers", message)
        self.assertIn("KG-24", message)
        self.unit.gestor_decimal_places = "1"
        fine = rows._gestor_too_fine([(self.product, self.unit, 1.25)], self.company)
        self.assertIn("1 decimal places", rows._gestor_too_fine_message(*fine[0]))
        self.assertFalse(rows._gestor_too_fine([], self.company))

    def test_places_of_many_lines_take_one_query(self):
        products = self.env["product.product"].create(
            [{"name": f"Goods {number}"} for number in range(30)]
        )
        rows = self.env["product.uom"].with_user(self.reader)
        self.unit.gestor_decimal_places = "0"
        few = [(product, self.unit, 1.5) for product in products[:3]]
        many = [(product, self.unit, 1.5) for product in products]
        rows._gestor_too_fine(few, self.company)
        self.env.flush_all()
        counts = []
        for lines in (few, many):
            before = self.cr.sql_log_count
            rows._gestor_too_fine(lines, self.company)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 2)

    def test_more_places_than_the_database_keeps_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Raise the decimal accuracy"):
            self.unit.gestor_decimal_places = "5"
        with self.assertRaisesRegex(ValidationError, "Raise the decimal accuracy"):
            self._create_row(gestor_decimal_places="5")
        self.env.ref("uom.decimal_product_uom").digits = 5
        self.unit.gestor_decimal_places = "5"

    @mute_logger("odoo.sql_db")
    def test_second_precision_of_the_same_unit_is_refused(self):
        self._create_row(gestor_decimal_places="0", barcode="590123412345")
        self._create_row(barcode="590123412346")
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_row(gestor_decimal_places="1")

    def test_unit_of_a_good_has_size_and_no_barcode(self):
        rows = self.env["product.uom"].with_user(self.editor)
        with Form(rows, view="gestor_products.product_uom_view_form") as form:
            form.product_id = self.product
            form.uom_id = self.dozen
            form.gestor_weight_kg = 12.5
            form.gestor_length_cm = 120
            form.gestor_width_cm = 80
            form.gestor_height_cm = 50
            self.assertEqual(form.gestor_volume_m3, 0.48)
            form.gestor_packaging = "karton"
        row = form.record
        self.assertFalse(row.barcode)
        self.assertIn("Kocioł", row.display_name)
        row.gestor_volume_m3 = 0.5
        row.gestor_weight_kg = 13
        self.assertEqual(row.gestor_volume_m3, 0.5)
        row.barcode = "590123412347"
        self.assertEqual(row.display_name, "590123412347")

    def test_unit_that_cannot_be_converted_is_refused(self):
        litre = self.env.ref("uom.product_uom_litre")
        with self.assertRaisesRegex(ValidationError, "cannot be converted"):
            self._create_row(uom_id=litre.id)

    @mute_logger("odoo.sql_db")
    def test_negative_size_is_refused(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_row(gestor_weight_kg=-1)

    def test_reader_changes_no_unit_of_goods(self):
        row = self._create_row()
        with self.assertRaises(AccessError):
            row.with_user(self.reader).gestor_weight_kg = 2
