from fractions import Fraction

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestSubstitute(GestorProductsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old, cls.new, cls.small = cls.env["product.product"].create(
            [{"name": name} for name in ("Stary", "Nowy", "Mały")]
        )
        cls.company_b = cls.env["res.company"].create({"name": "Other company"})

    @classmethod
    def _create_substitute(cls, product, substitute, **vals):
        return cls.env["gestor.product.substitute"].create(
            {"product_id": product.id, "substitute_id": substitute.id, **vals}
        )

    def _options(self, product, company=None):
        rows = self.env["gestor.product.substitute"].with_user(self.reader)
        found = rows._gestor_substitutes(product, company or self.env.company)
        return [(option[0], option[1]) for option in found[product]]

    def test_substitutes_come_by_priority_with_an_exact_ratio(self):
        self._create_substitute(self.old, self.small, sequence=2, ratio_num=3)
        self._create_substitute(self.old, self.new, sequence=1)
        self.assertEqual(
            self._options(self.old), [(self.new, 1), (self.small, Fraction(3))]
        )
        self.assertEqual(self._options(self.small), [])

    def test_both_ways_turns_the_ratio_round(self):
        self._create_substitute(self.old, self.small, ratio_num=3, is_both_ways=True)
        self.assertEqual(self._options(self.small), [(self.old, Fraction(1, 3))])
        for product in self.old | self.small:
            self.assertEqual(product.gestor_substitute_count, 1)
            self.assertEqual(product.product_tmpl_id.gestor_substitute_count, 1)
            for record in (product, product.product_tmpl_id):
                domain = record.action_gestor_substitutes()["domain"]
                rows = self.env["gestor.product.substitute"].with_user(self.reader)
                self.assertEqual(len(rows.search(domain)), 1)
        self.assertEqual(self.new.gestor_substitute_count, 0)

    def test_valid_days_are_both_included(self):
        self._create_substitute(
            self.old, self.new, date_start="2026-03-01", date_end="2026-03-31"
        )
        for day, found in (
            ("2026-02-28", False),
            ("2026-03-01", True),
            ("2026-03-31", True),
            ("2026-04-01", False),
        ):
            with self.subTest(day=day), freeze_time(day):
                self.assertEqual(bool(self._options(self.old)), found)

    def test_archived_good_keeps_substitutes_and_is_none(self):
        self._create_substitute(self.old, self.new, is_both_ways=True)
        self.old.active = False
        self.assertEqual(self._options(self.old), [(self.new, 1)])
        self.assertEqual(self._options(self.new), [])

    @mute_logger("odoo.sql_db")
    def test_impossible_rows_are_refused(self):
        self._create_substitute(self.old, self.new)
        for vals in (
            {"product_id": self.old.id, "substitute_id": self.old.id},
            {"product_id": self.old.id, "substitute_id": self.new.id},
            {"ratio_num": 0},
            {"ratio_den": -1},
            {"date_start": "2026-03-02", "date_end": "2026-03-01"},
        ):
            vals = {"product_id": self.new.id, "substitute_id": self.small.id} | vals
            with (
                self.subTest(**vals),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.env["gestor.product.substitute"].create(vals)

    def test_reverse_of_a_two_way_pair_is_refused(self):
        row = self._create_substitute(self.old, self.new, is_both_ways=True)
        with self.assertRaises(ValidationError) as caught:
            self._create_substitute(self.new, self.old)
        self.assertIn("Stary ⇄ Nowy says the same", str(caught.exception))
        row.is_both_ways = False
        other = self._create_substitute(self.new, self.old, ratio_num=2)
        with self.assertRaises(ValidationError):
            other.is_both_ways = True
        row.active = False
        other.is_both_ways = True

    def test_company_repeats_a_common_substitute_with_its_own_ratio(self):
        self._create_substitute(self.old, self.new, sequence=5)
        own = self._create_substitute(
            self.old, self.new, ratio_num=2, sequence=1, company_id=self.env.company.id
        )
        self.assertEqual(self._options(self.old), [(self.new, 2)])
        own.company_id = self.company_b
        self.assertEqual(self._options(self.old), [(self.new, 1)])
        found = own.with_user(self.reader).search([("product_id", "=", self.old.id)])
        self.assertNotIn(own, found)

    def test_reader_changes_no_substitutes(self):
        row = self._create_substitute(self.old, self.new).with_user(self.reader)
        self.assertIn("→", row.display_name)
        with self.assertRaises(AccessError):
            row.sequence = 1
        with self.assertRaises(AccessError):
            row.copy()

    def test_copy_is_archived(self):
        row = self._create_substitute(self.old, self.new)
        self.assertFalse(row.copy().active)

    def test_many_goods_take_as_many_queries_as_few(self):
        products = self.env["product.product"].create(
            [{"name": f"Goods {number}"} for number in range(40)]
        )
        for product in products:
            self._create_substitute(product, self.new)
        rows = self.env["gestor.product.substitute"].with_user(self.reader)

        def count_queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows._gestor_substitutes(some, self.env.company)
            some.with_user(self.reader).mapped("gestor_substitute_count")
            return self.cr.sql_log_count - before

        count_queries(products)
        self.assertEqual(count_queries(products[:3]), count_queries(products))
