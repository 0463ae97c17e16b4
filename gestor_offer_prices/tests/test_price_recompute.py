from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, GestorOfferPricesCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPriceRecompute(GestorOfferPricesCommon):
    def _give_discounts(self):
        group = self.env.ref("sale.group_discount_per_so_line")
        self.env.ref("base.group_user").implied_ids |= group

    def test_prices_set_by_hand_stay_and_the_rest_is_told(self):
        offer = self._create_priced_offer(user=self.salesperson)
        first, second = offer.order_ids.order_line
        first.price_unit = 95
        self.products[:2].list_price = 300
        action = offer.action_recompute_prices()
        self.assertEqual(first.price_unit, 95)
        self.assertEqual(second.price_unit, 300)
        message = offer.message_ids[0].body
        self.assertIn(self.products[1].name, message)
        self.assertNotIn(self.products[0].name, message)
        self.assertIn("new price: 1.", action["params"]["message"])
        self.assertIn("kept: 1.", action["params"]["message"])

    def test_many_offers_at_once(self):
        offers = self._create_priced_offer() | self._create_priced_offer(
            partner_id=self.other_client.id, user_id=self.other_salesperson.id
        )
        self.products[:2].list_price = 10
        offers.action_recompute_prices()
        self.assertEqual(
            offers.order_ids.order_line.mapped("price_unit"), [10, 10, 10, 10]
        )

    def test_discount_set_by_hand_stays(self):
        self._give_discounts()
        offer = self._create_priced_offer(self.pricelist)
        first, second = offer.order_ids.order_line
        self.assertEqual((first.price_unit, first.discount), (100, 10))
        first.discount = 15
        self.pricelist.item_ids.percent_price = 20
        offer.action_recompute_prices()
        self.assertEqual((first.price_unit, first.discount), (100, 15))
        self.assertEqual((second.price_unit, second.discount), (200, 20))

    def test_discount_of_a_form_is_that_of_the_list(self):
        """A form sends the discount that it computed: it is not set by hand."""
        self._give_discounts()
        offer = self._create_priced_offer(self.pricelist)
        offer.order_ids.order_line = [
            Command.create(
                {
                    "product_id": self.products[2].id,
                    "price_unit": 300,
                    "technical_price_unit": 300,
                    "discount": 10,
                    "gestor_list_discount": 10,
                }
            )
        ]
        self.pricelist.item_ids.percent_price = 20
        offer.action_recompute_prices()
        self.assertEqual(offer.order_ids.order_line.mapped("discount"), [20, 20, 20])

    def test_discount_in_another_currency_is_the_same(self):
        self._give_discounts()
        product = self.products[0]
        product.list_price = 1
        offer = self._create_priced_offer(self.pricelist, products=product)
        self._reprice(offer)
        self.assertEqual(offer.order_ids.order_line.discount, 10)

    def test_host_button_keeps_them_too(self):
        offer = self._create_priced_offer()
        line = offer.order_ids.order_line[0]
        line.price_unit = 95
        offer.order_ids.action_update_prices()
        self.assertEqual(line.price_unit, 95)

    def test_quotation_outside_offers_is_the_host_s(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [Command.create({"product_id": self.products[0].id})],
            }
        )
        order.order_line.price_unit = 95
        order.action_update_prices()
        self.assertEqual(order.order_line.price_unit, 100)

    def test_offer_that_the_client_has_is_refused(self):
        offer = self._create_sent_offer()
        with self.assertRaisesRegex(UserError, "has seen the offer"):
            offer.action_recompute_prices()

    # === Warnings ===

    def test_price_list_that_ends_tomorrow_is_told(self):
        rule = self.retail.item_ids
        offer = self._create_priced_offer(date_to="2026-11-24")
        self.assertFalse(offer.price_warning)
        rule.date_end = "2026-11-25 12:00:00"
        self.env.invalidate_all()
        self.assertIn("the price ends on 11/25/2026", offer.price_warning)
        rule.date_end = "2026-11-26 12:00:00"
        self.env.invalidate_all()
        self.assertFalse(offer.price_warning)
        offer.date_to = "2026-12-10"
        self.assertIn("11/26/2026", offer.price_warning)

    def test_rule_of_another_product_is_not_told(self):
        self.retail.item_ids = [
            Command.create(
                {
                    "product_id": self.products[4].id,
                    "compute_price": "fixed",
                    "fixed_price": 1,
                    "date_end": "2026-11-25 12:00:00",
                }
            )
        ]
        self.assertFalse(self._create_priced_offer().price_warning)

    def test_archived_product_is_told(self):
        offer = self._create_priced_offer()
        self.products[1].active = False
        self.env.invalidate_all()
        self.assertIn("archived", offer.price_warning)
        self.assertIn(self.products[1].name, offer.price_warning)
        offer.action_prepare()
        offer.action_mark_sent()
        self.assertTrue(offer.price_warning)
        offer._gestor_decline(self.lost_reason, "")
        self.assertFalse(offer.price_warning)

    def test_queries_do_not_grow_with_lines(self):
        small = self._create_priced_offer(self.steps)
        large = self._create_priced_offer(self.steps, products=self.products)
        counts = []
        for offer in (small, large, small, large):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertFalse(offer.price_warning)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[3])
