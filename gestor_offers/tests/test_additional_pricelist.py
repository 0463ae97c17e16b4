from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestAdditionalPricelist(GestorOffersCommon):
    """The additional price list of a client: the lower of two prices is taken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bargain = cls.env["product.pricelist"].create(
            {
                "name": "Bargain",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": cls.products[number].product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                        }
                    )
                    for number, price in ((0, 80), (1, 250))
                ],
            }
        )
        cls.client.gestor_pricelist_id = cls.bargain

    def _create_order(self, partner=None, pricelist=None):
        return (
            self.env["sale.order"]
            .with_user(self.salesperson)
            .create(
                {
                    "partner_id": (partner or self.client).id,
                    "pricelist_id": (pricelist or self.retail).id,
                    "order_line": [
                        Command.create({"product_id": product.id})
                        for product in self.products[:3]
                    ],
                }
            )
        )

    def test_lower_price_is_taken_line_by_line(self):
        order = self._create_order()
        self.assertEqual(order.order_line.mapped("price_unit"), [80, 200, 300])

    def test_price_list_of_the_order_wins_where_it_is_lower(self):
        cheap = self._create_pricelist("Cheap", percent=50)
        lines = self._create_order(pricelist=cheap).order_line
        self.assertEqual(
            [line.price_unit * (1 - line.discount / 100) for line in lines],
            [50, 100, 150],
        )

    def test_contact_buys_at_the_prices_of_the_firm(self):
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.client.id}
        )
        self.assertEqual(self._create_order(contact).order_line[0].price_unit, 80)

    def test_other_clients_and_companies_keep_their_prices(self):
        self.assertEqual(
            self._create_order(self.other_client).order_line[0].price_unit, 100
        )
        self.bargain.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self._create_order().order_line[0].price_unit, 100)

    def test_own_price_function_beats_price_lists_only_if_lower(self):
        prices = {self.products[0]: [70], self.products[1]: [999]}
        lines = type(self.env["sale.order.line"])
        with patch.object(
            lines, "_gestor_own_prices", lambda line: prices.get(line.product_id, [])
        ):
            order = self._create_order()
        self.assertEqual(order.order_line.mapped("price_unit"), [70, 200, 300])

    def test_without_additional_price_list_orders_cost_no_query_more(self):
        self.client.gestor_pricelist_id = False
        self._create_order()

        def count():
            # The cheapest of three: among many tests the shared caches of the process
            # may lose an entry in between, which costs one order a query.
            return min(count_once() for _attempt in range(3))

        def count_once():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._create_order()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        ours = count()
        lines = type(self.env["sale.order.line"])
        with patch.object(
            lines,
            "_gestor_other_pricelists",
            lambda line: self.env["product.pricelist"],
        ):
            self.assertLessEqual(ours, count())
