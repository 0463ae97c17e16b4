import time
from fractions import Fraction

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.uom.tests.test_uom import TestUom

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestHostConversionsWithFractions(TestUom):
    """The host's own tests, run where our conversion is the one that is called."""


@tagged("post_install", "-at_install")
class TestUnitFraction(GestorProductsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pack = cls._create_unit("Paczka")
        cls.piece = cls._create_unit(
            "Sztuka z paczki", relative_uom_id=cls.pack.id, factor_num=1, factor_den=3
        )
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.gram = cls.env.ref("uom.product_uom_gram")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.unit = cls.env.ref("uom.product_uom_unit")

    @classmethod
    def _create_unit(cls, name, **vals):
        return cls.env["uom.uom"].create({"name": name, **vals})

    def test_editor_types_a_fraction_and_it_is_exact(self):
        self.assertEqual(self.piece.relative_factor, 1 / 3)
        self.assertEqual(self.piece._compute_quantity(3, self.pack), 1.0)
        self.assertEqual(self.pack._compute_quantity(1, self.piece), 3.0)
        third = self.piece._compute_quantity(1, self.pack, round=False)
        self.assertEqual(self.pack._compute_quantity(third, self.piece, False), 1.0)

    def test_user_converts_to_and_fro_ten_thousand_times_without_drift(self):
        piece, pack = self.piece.with_user(self.reader), self.pack
        quantity = 2.5
        for _step in range(10_000):
            quantity = piece._compute_quantity(quantity, pack, round=False)
            quantity = pack._compute_quantity(quantity, piece, round=False)
        self.assertEqual(quantity, 2.5)

    def test_quantity_is_rounded_as_the_host_rounds(self):
        self.assertEqual(self.piece._compute_quantity(1, self.pack), 0.34)
        for method, result in (("HALF-UP", 0.33), ("DOWN", 0.33), ("UP", 0.34)):
            with self.subTest(method=method):
                found = self.piece._compute_quantity(
                    1, self.pack, rounding_method=method
                )
                self.assertEqual(found, result)

    def test_price_of_a_piece_is_a_third_of_the_pack(self):
        self.assertEqual(self.pack._compute_price(9.99, self.piece), 3.33)
        self.assertEqual(self.piece._compute_price(3.33, self.pack), 9.99)
        self.assertEqual(self.pack._compute_price(0, self.piece), 0)

    def test_units_of_the_host_get_their_fraction(self):
        milligram = self._create_unit(
            "mg", relative_uom_id=self.gram.id, relative_factor=0.001
        )
        self.assertRecordValues(
            self.dozen | self.kilogram | milligram,
            [
                {"factor_num": 12, "factor_den": 1},
                {"factor_num": 1000, "factor_den": 1},
                {"factor_num": 1, "factor_den": 1000},
            ],
        )

    def test_results_are_those_of_the_host_where_it_is_exact(self):
        """Compare with float arithmetic rounded far below any unit."""
        for unit, other in (
            (self.dozen, self.unit),
            (self.gram, self.kilogram),
            (self.kilogram, self.gram),
            (self.gram, self.env.ref("uom.product_uom_ton")),
        ):
            for quantity in (1, 3, 0.5, 12.34, 1020000, -7):
                expected = quantity * unit.factor / other.factor
                with self.subTest(unit=unit.name, quantity=quantity):
                    found = unit._compute_quantity(quantity, other, round=False)
                    self.assertAlmostEqual(found, expected, delta=abs(expected) * 1e-15)

    def test_decimal_third_is_not_guessed_to_be_a_third(self):
        rough = self._create_unit(
            "Rough", relative_uom_id=self.pack.id, relative_factor=0.3333
        )
        self.assertEqual((rough.factor_num, rough.factor_den), (3333, 10000))

    def test_factor_without_fraction_is_left_to_the_host(self):
        odd = self._create_unit(
            "Odd", relative_uom_id=self.pack.id, relative_factor=0.1234567890123
        )
        self.assertEqual((odd.factor_num, odd.factor_den), (0, 0))
        self.assertIsNone(odd._get_gestor_factor())
        self.assertEqual(
            odd._compute_quantity(2, self.pack, round=False), 2 * 0.1234567890123
        )

    def test_chain_of_units_multiplies_fractions(self):
        crumb = self._create_unit(
            "Crumb", relative_uom_id=self.piece.id, factor_num=2, factor_den=7
        )
        self.assertEqual(crumb._get_gestor_ratio(self.pack), Fraction(2, 21))
        self.assertEqual(crumb._compute_quantity(21, self.pack), 2.0)

    def test_change_of_the_factor_changes_the_fraction(self):
        self.piece.relative_factor = 0.25
        self.assertEqual((self.piece.factor_num, self.piece.factor_den), (1, 4))
        self.piece.factor_den = 6
        self.assertEqual(self.piece.relative_factor, 1 / 6)
        self.assertEqual(self.piece.factor, 1 / 6)
        (self.piece | self.dozen).write({"factor_num": 6, "factor_den": 4})
        for unit in self.piece | self.dozen:
            self.assertEqual((unit.factor_num, unit.factor_den), (3, 2))
            self.assertEqual(unit.relative_factor, 1.5)

    def test_form_keeps_the_two_ways_of_typing_in_step(self):
        units = self.env["uom.uom"].with_user(self.editor)
        with Form(units, view="uom.product_uom_form_view") as form:
            form.name = "Nowa"
            form.relative_uom_id = self.pack
            form.factor_den = 3
            self.assertEqual(form.relative_factor, 1 / 3)
            self.assertEqual(form.factor_num, 1)
        unit = form.record
        self.assertEqual((unit.factor_num, unit.factor_den), (1, 3))
        self.assertEqual(unit.relative_factor, 1 / 3)
        with Form(unit, view="uom.product_uom_form_view") as form:
            form.relative_factor = 0.5
            self.assertEqual((form.factor_num, form.factor_den), (1, 2))
            form.relative_factor = 0.1234567890123
        self.assertEqual((unit.factor_num, unit.factor_den), (0, 0))
        with Form(unit, view="uom.product_uom_form_view") as form:
            form.factor_den = 3
        self.assertEqual((unit.factor_num, unit.factor_den), (1, 3))

    def test_bad_fraction_is_refused_with_a_reason(self):
        for vals in (
            {"factor_num": 0, "factor_den": 3},
            {"factor_num": 1, "factor_den": 0},
            {"factor_num": -1, "factor_den": 3},
            {"factor_num": 0, "factor_den": 0},
        ):
            with self.subTest(**vals):
                with self.assertRaisesRegex(ValidationError, "greater than zero"):
                    self.piece.write(vals)
                with self.assertRaisesRegex(ValidationError, "greater than zero"):
                    self._create_unit("Bad", relative_uom_id=self.pack.id, **vals)
        with self.assertRaisesRegex(ValidationError, "too large"):
            self.piece.factor_den = 2**31
        self.assertEqual(self.piece.relative_factor, 1 / 3)

    def test_reader_changes_no_unit(self):
        with self.assertRaises(AccessError):
            self.piece.with_user(self.reader).factor_den = 4

    def test_conversion_needs_no_queries(self):
        self.piece._compute_quantity(1, self.pack)
        with self.assertQueryCount(0):
            for quantity in range(1, 50):
                self.piece._compute_quantity(quantity, self.pack)

    def test_conversion_costs_little_more_than_the_host(self):
        """A sanity bound, ten times above what the bench measures."""
        start = time.perf_counter()
        for quantity in range(1, 1000):
            self.piece._compute_quantity(quantity + 0.25, self.pack)
        self.assertLess(time.perf_counter() - start, 1)
