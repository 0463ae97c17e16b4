from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestVariantComparison(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first, second, third = cls.products[:3]
        cls.offer = cls._create_offer(
            user=cls.salesperson,
            order_ids=[
                Command.create(
                    cls._prepare_variant_vals(
                        products=first | second, gestor_variant_name="Basic"
                    )
                ),
                Command.create(
                    cls._prepare_variant_vals(
                        products=second | third,
                        quantity=2,
                        gestor_variant_name="Full",
                        gestor_is_proposed=True,
                    )
                ),
            ],
        )

    def _get_table(self, user=None):
        offer = self.offer.with_user(user or self.salesperson)
        (table,) = offer.get_comparison()["tables"]
        return table

    def test_goods_stand_in_rows_against_the_proposed_variant(self):
        table = self._get_table()
        self.assertEqual([c["title"] for c in table["columns"]], ["Basic", "Full"])
        self.assertEqual(table["reference"], 1)
        shown = {
            row["title"]: [cell["status"] for cell in row["cells"]]
            for row in table["rows"]
        }
        first, second, third = (p.display_name for p in self.products[:3])
        self.assertEqual(
            shown,
            {
                first: ["added", "absent"],
                second: ["changed", "same"],
                third: ["missing", "same"],
            },
        )
        changed = next(r for r in table["rows"] if r["title"] == second)["cells"][0]
        self.assertEqual(changed["changes"], ["quantity", "amount"])

    def test_totals_are_those_of_the_orders(self):
        table = self._get_table()
        for column, order in zip(table["columns"], self.offer.order_ids, strict=True):
            self.assertEqual(column["order_id"], order.id)
            for name, value in column["totals"].items():
                self.assertAlmostEqual(value, order[name], msg=name)

    def test_seller_may_edit_and_a_reader_may_not(self):
        viewer = new_test_user(
            self.env, "compare_viewer", "gestor_base.gestor_base_group_viewer"
        )
        own = self.offer.with_user(self.salesperson)
        self.assertTrue(own.get_comparison()["is_editable"])
        seen = self.offer.with_user(viewer).get_comparison()
        self.assertFalse(seen["is_editable"])
        self.assertEqual(len(seen["tables"][0]["columns"]), 2)
        own.action_prepare()
        own.action_mark_sent()
        self.assertFalse(own.get_comparison()["is_editable"])

    def test_colleague_and_client_compare_nothing(self):
        portal = new_test_user(self.env, "compare_portal", "base.group_portal")
        for user in (self.other_salesperson, portal):
            with self.assertRaises(AccessError):
                self.offer.with_user(user).get_comparison()

    def test_queries_do_not_grow_with_the_lines(self):
        def count(products, variants):
            offer = self._create_offer(
                order_ids=[
                    Command.create(self._prepare_variant_vals(products=products))
                    for _number in range(variants)
                ]
            ).with_user(self.salesperson)
            counts = []
            for _again in range(3):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                offer.get_comparison()
                counts.append(self.env.cr.sql_log_count - before)
            return min(counts)

        few = count(self.products[:1], 2)
        self.assertLessEqual(count(self.products, 5), few)
