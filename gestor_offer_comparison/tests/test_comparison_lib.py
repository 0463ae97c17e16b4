import doctest

from odoo.tests import BaseCase, tagged

from ..lib import comparison


@tagged("post_install", "-at_install")
class TestComparisonLib(BaseCase):
    def test_examples_of_the_engine_hold(self):
        results = doctest.testmod(comparison)
        self.assertFalse(results.failed)
        self.assertGreater(results.attempted, 5)

    def test_three_columns_are_compared_one_with_the_next(self):
        columns = [[{"key": 1, "title": "Lamp", "price": price}] for price in (1, 2, 2)]
        (row,) = comparison.compare(columns, ["price"])
        self.assertEqual(
            [cell["status"] for cell in row["cells"]], ["same", "changed", "same"]
        )

    def test_repeated_goods_are_told_apart_by_their_order(self):
        one = [{"key": 1, "title": "Lamp", "price": price} for price in (1, 5)]
        other = [{"key": 1, "title": "Lamp", "price": 1}]
        rows = comparison.compare([one, other], ["price"])
        self.assertEqual(
            [row["cells"][1]["status"] for row in rows], ["same", "missing"]
        )
