import doctest
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from ..lib import fractions


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engine_are_true(self):
        result = doctest.testmod(fractions)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)

    def test_thousands_of_conversions_do_not_drift(self):
        for value in (1.0, 0.1, 2.5, 12.34, 99_999.99, -7.07):
            for denominator in (3, 7, 49, 360):
                ratio = Fraction(1, denominator)
                there, back = value, value
                for _step in range(10_000):
                    there = fractions.convert(back, ratio)
                    back = fractions.convert(there, 1 / ratio)
                with self.subTest(value=value, denominator=denominator):
                    self.assertEqual(back, value)

    def test_parts_add_up_to_the_whole(self):
        for denominator in (3, 7, 49, 360):
            part = fractions.convert(1.0, Fraction(1, denominator))
            with self.subTest(denominator=denominator):
                self.assertEqual(fractions.convert(part, Fraction(denominator)), 1.0)

    def test_any_float_is_read_as_itself(self):
        for value in (1 / 3, 0.1 + 0.2, 1e-300, 1e300, 5e-324, 2.0**70, -1 / 7):
            numerator, denominator = fractions.simplest(value)
            with self.subTest(value=value):
                self.assertEqual(numerator / denominator, value)

    def test_endless_values_stay_endless(self):
        self.assertEqual(fractions.convert(float("inf"), Fraction(1, 3)), float("inf"))
        self.assertIsNone(fractions.from_decimal(float("inf")))
        self.assertIsNone(fractions.from_decimal(0.1234567890123))
