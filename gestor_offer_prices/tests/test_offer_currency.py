from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, TODAY, GestorOfferPricesCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOfferCurrency(GestorOfferPricesCommon):
    def test_salesperson_offers_in_any_currency(self):
        offer = self._create_offer(variants=2, user=self.salesperson)
        self._reprice(offer, user=self.salesperson)
        self.assertRecordValues(
            offer,
            [
                {
                    "currency_id": self.foreign.id,
                    "price_rate": 4.2531,
                    "price_rate_date": TODAY.replace(day=23),
                    "price_rate_kind": "company",
                }
            ],
        )
        self.assertEqual(offer.order_ids.currency_id, self.foreign)
        lines = offer.order_ids[0].order_line
        # 100 / 4.2531, 200 / 4.2531 ...
        self.assertEqual(
            lines.mapped("price_unit"), [23.51, 47.02, 70.54, 94.05, 117.56]
        )
        self.assertAlmostEqual(lines[0].purchase_price, 60 / 4.2531, 4)
        self.assertAlmostEqual(offer.order_ids[0].currency_rate, 1 / 4.2531, 6)

    def test_fixed_price_of_a_list_is_converted(self):
        """The host would leave the number and change the currency only."""
        offer = self._create_priced_offer(self.steps, 100)
        self.assertEqual(offer.order_ids.order_line[0].price_unit, 80)
        self._reprice(offer)
        self.assertEqual(offer.order_ids.order_line[0].price_unit, 18.81)

    def test_price_list_in_the_chosen_currency_keeps_its_prices(self):
        pricelist = self._create_pricelist("Abroad", 0, currency_id=self.foreign.id)
        pricelist.item_ids = [
            Command.clear(),
            Command.create({"compute_price": "fixed", "fixed_price": 25}),
        ]
        offer = self._create_priced_offer(pricelist)
        self._reprice(offer)
        self.assertEqual(offer.order_ids.order_line.mapped("price_unit"), [25, 25])
        self.assertTrue(offer.price_rate_text)

    def test_rate_of_another_day_is_taken(self):
        offer = self._create_priced_offer()
        self._reprice(offer, day="2026-11-22")
        self.assertEqual(offer.price_rate, 4)
        self.assertEqual(offer.price_rate_date, TODAY.replace(day=20))
        self.assertEqual(offer.order_ids.order_line.mapped("price_unit"), [25, 50])

    def test_rate_is_frozen(self):
        offer = self._create_priced_offer()
        self._reprice(offer)
        order = offer.order_ids
        self._create_rate("2026-11-24", 5)
        self.env.invalidate_all()
        order.date_order = NOW
        self.assertEqual(offer.price_rate, 4.2531)
        self.assertAlmostEqual(order.currency_rate, 1 / 4.2531, 6)
        # a line that is added later has the price of the same rate
        order.order_line = [Command.create({"product_id": self.products[2].id})]
        self.assertEqual(order.order_line[-1].price_unit, 70.54)

    def test_new_variant_is_in_the_chosen_currency(self):
        offer = self._create_priced_offer()
        self._reprice(offer)
        offer.action_add_variant()
        self.assertEqual(offer.order_ids.currency_id, self.foreign)

    def test_hand_set_price_is_worth_the_same(self):
        offer = self._create_priced_offer()
        line = offer.order_ids.order_line[0]
        line.price_unit = 85.062
        self._reprice(offer)
        self.assertEqual(line.price_unit, 20)
        # at another rate it is what was agreed
        self._reprice(offer, day="2026-11-20")
        self.assertEqual(line.price_unit, 20)
        self.assertEqual(offer.order_ids.order_line[1].price_unit, 50)
        # and back in the currency of the price lists
        self._reprice(offer, is_chosen=False)
        self.assertEqual(line.price_unit, 80)
        self.assertEqual(offer.currency_id, self.company.currency_id)
        self.assertFalse(offer.price_rate_text)

    def test_agreed_rate_is_typed(self):
        offer = self._create_priced_offer()
        self._reprice(offer, is_manual=True, rate=5)
        self.assertEqual(offer.price_rate_kind, "manual")
        self.assertEqual(offer.order_ids.order_line.mapped("price_unit"), [20, 40])
        with self.assertRaisesRegex(UserError, "above zero"):
            self._reprice(offer, is_manual=True, rate=0)

    def test_currency_without_a_rate_is_refused(self):
        offer = self._create_priced_offer()
        with self.assertRaisesRegex(UserError, f"no rate of {self.rateless.name}"):
            self._reprice(offer, currency_id=self.rateless.id)
        with self.assertRaisesRegex(UserError, "no rate"):
            self._reprice(offer, day="2026-11-01")
        self.assertFalse(offer.price_currency_id)

    def test_dialog_says_what_is_missing(self):
        offer = self._create_priced_offer()
        wizard = Form(
            self.env["gestor.offer.reprice"].with_context(default_offer_id=offer.id)
        )
        wizard.currency_id = self.foreign
        self.assertEqual(wizard.rate, 4.2531)
        self.assertIn("11/23/2026", wizard.source)
        wizard.currency_id = self.rateless
        self.assertIn("no rate", wizard.problem)
        wizard.is_manual = True
        self.assertFalse(wizard.problem)

    def test_offer_in_a_currency_without_a_rate_is_not_sent(self):
        pricelist = self._create_pricelist("Yen", 0, currency_id=self.rateless.id)
        offer = self._create_priced_offer(pricelist)
        with self.assertRaisesRegex(UserError, f"no rate of {self.rateless.name}"):
            offer.action_prepare()
        self._reprice(offer, currency_id=self.rateless.id, is_manual=True, rate=0.0265)
        offer.action_prepare()
        self.assertEqual(offer.state, "prepared")

    def test_currency_stays_once_the_client_has_the_offer(self):
        offer = self._create_priced_offer()
        offer.action_prepare()
        offer.action_mark_sent()
        with self.assertRaisesRegex(UserError, "has seen the offer"):
            self._reprice(offer)
        with self.assertRaisesRegex(UserError, "has seen the offer"):
            offer.write({"price_rate": 7})

    def test_process_is_valued_at_the_frozen_rate(self):
        process = self._create_process()
        offer = self._create_priced_offer(process_id=process.id)
        self._reprice(offer, is_manual=True, rate=5)
        self.assertEqual(offer.amount_untaxed, 60)
        self.assertEqual(process.gestor_amount_untaxed, 300)
        self.assertEqual(process.gestor_margin, 120)

    def test_accepted_variant_keeps_currency_and_rate(self):
        offer = self._create_priced_offer()
        self._reprice(offer)
        offer.action_prepare()
        offer.action_mark_sent()
        order = offer.order_ids
        offer._gestor_accept(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.currency_id, self.foreign)
        self.assertAlmostEqual(order.currency_rate, 1 / 4.2531, 6)
        self.assertEqual(self._invoice(offer).currency_id, self.foreign)

    def test_two_companies_have_two_rates(self):
        other = self.env["res.company"].create(
            {"name": "Other company", "currency_id": self.env.ref("base.GBP").id}
        )
        self.env.user.company_ids |= other
        self._create_rate("2026-11-23", 0.8, company=other)
        client = self._create_client(name="Client", company_id=False)
        offers = self._create_priced_offer() | self._create_offer(
            partner_id=client.id,
            user_id=self.env.user.id,
            company_id=other.id,
            order_ids=[
                Command.create(
                    self._prepare_variant_vals(
                        products=self.products[:2], pricelist_id=False
                    )
                )
            ],
        )
        for offer in offers:
            self._reprice(offer)
        self.assertEqual(offers.mapped("price_rate"), [4.2531, 0.8])
        self.assertEqual(offers.currency_id, self.foreign)
        self.assertIn("GBP", offers[1].price_rate_text)

    def test_copy_keeps_currency_and_rate(self):
        offer = self._create_priced_offer()
        self._reprice(offer)
        copy = offer.copy()
        self.assertEqual(copy.currency_id, self.foreign)
        self.assertEqual(copy.price_rate, offer.price_rate)
        self.assertEqual(copy.amount_untaxed, offer.amount_untaxed)
