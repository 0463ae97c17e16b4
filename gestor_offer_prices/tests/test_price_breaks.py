from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, GestorOfferPricesCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPriceBreaks(GestorOfferPricesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presentation = cls.env["report.gestor_offers.gestor_offer_report"]

    def _shown(self, offer):
        rows = self.presentation._gestor_view(offer)["variants"][0]["rows"]
        return [
            [(step["quantity"], step["price"]) for step in row["price_steps"]]
            for row in rows
        ]

    def test_prices_at_quantities_come_from_the_price_list(self):
        offer = self._create_priced_offer(self.steps, price_breaks="all")
        self.assertEqual(
            self._shown(offer),
            [[("1", 100), ("10", 90), ("100", 80)], [("1", 200), ("10", 180)]],
        )

    def test_step_that_the_line_reaches_is_marked(self):
        offer = self._create_priced_offer(self.steps, 12, price_breaks="all")
        rows = self.presentation._gestor_view(offer)["variants"][0]["rows"]
        self.assertEqual(
            [step["is_current"] for step in rows[0]["price_steps"]],
            [False, True, False],
        )

    def test_only_what_was_chosen_is_shown(self):
        offer = self._create_priced_offer(self.steps)
        self.assertEqual(self._shown(offer), [[], []])
        offer.price_breaks = "chosen"
        self.assertEqual(self._shown(offer), [[], []])
        offer.order_ids.order_line[1].gestor_has_price_breaks = True
        self.assertEqual(self._shown(offer), [[], [("1", 200), ("10", 180)]])

    def test_line_priced_by_hand_shows_none(self):
        offer = self._create_priced_offer(self.steps, price_breaks="all")
        offer.order_ids.order_line[0].price_unit = 95
        self.assertEqual(self._shown(offer)[0], [])

    def test_hidden_prices_stay_hidden(self):
        offer = self._create_priced_offer(self.steps, price_breaks="all")
        offer.order_ids.order_line = [
            Command.create(
                {
                    "display_type": "line_section",
                    "name": "Set",
                    "sequence": 0,
                    "collapse_prices": True,
                }
            )
        ]
        self.assertFalse(any(self._shown(offer)))

    def test_unit_of_the_line_counts(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        offer = self._create_priced_offer(
            self.steps, products=self.products[0], price_breaks="all"
        )
        offer.order_ids.order_line.product_uom_id = dozen
        steps = self._shown(offer)[0]
        # 10 pieces are five sixths of a dozen
        self.assertEqual(steps[0], ("0.83", 1080))
        self.assertEqual(steps[-1], ("8.33", 960))

    def test_additional_price_list_takes_part(self):
        additional = self._create_pricelist("Large orders", percent=50)
        additional.item_ids.min_quantity = 1000
        self.client.gestor_pricelist_id = additional
        offer = self._create_priced_offer(self.steps, price_breaks="all")
        self.assertEqual(self._shown(offer)[0][-1], ("1,000", 50))

    def test_list_based_on_another_has_its_steps(self):
        based = self._create_pricelist("Based", percent=0)
        based.item_ids.write({"base": "pricelist", "base_pricelist_id": self.steps.id})
        offer = self._create_priced_offer(based, price_breaks="all")
        self.assertEqual(self._shown(offer)[0][-1], ("100", 80))

    def test_prices_are_in_the_currency_of_the_offer(self):
        offer = self._create_priced_offer(self.steps, price_breaks="all")
        self._reprice(offer, is_manual=True, rate=4)
        self.assertEqual(self._shown(offer)[0], [("1", 25), ("10", 22.5), ("100", 20)])

    def test_ended_rule_is_no_step(self):
        self.steps.item_ids.date_end = "2026-11-01 00:00:00"
        offer = self._create_priced_offer(self.steps, price_breaks="all")
        self.assertEqual(self._shown(offer), [[], []])

    def test_queries_do_not_grow_with_lines(self):
        small = self._create_priced_offer(self.steps).order_ids
        large = self._create_priced_offer(self.steps, products=self.products).order_ids
        counts = []
        for order_id in (small.id, large.id, small.id, large.id):
            self.env.invalidate_all()
            # found anew, as a reader finds it
            order = self.env["sale.order"].browse(order_id)
            before = self.cr.sql_log_count
            self.assertTrue(order.order_line._gestor_price_steps())
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[3])
