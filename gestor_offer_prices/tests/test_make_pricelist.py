from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, TODAY, GestorOfferPricesCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMakePricelist(GestorOfferPricesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Warsaw"

    def _make(self, offer, user=None, **vals):
        wizard = (
            self.env["gestor.offer.make.pricelist"]
            .with_user(user or self.offer_manager)
            .create({"offer_id": offer.id, **vals})
        )
        return self.env["product.pricelist"].browse(wizard.action_make()["res_id"])

    def test_manager_makes_a_list_of_the_offered_prices(self):
        offer = self._create_priced_offer(
            self.pricelist, quantity=5, date_from=TODAY, date_to="2026-12-31"
        )
        pricelist = self._make(offer)
        self.assertIn(offer.name, pricelist.name)
        self.assertEqual(pricelist.currency_id, offer.currency_id)
        self.assertEqual(pricelist.company_id, self.company)
        rules = pricelist.item_ids.sorted("fixed_price")
        self.assertEqual(rules.product_id, self.products[:2])
        self.assertEqual(rules.mapped("fixed_price"), [90, 180])
        self.assertEqual(rules.mapped("min_quantity"), [0, 0])
        # from midnight to midnight in Warsaw
        self.assertEqual(str(rules[0].date_start), "2026-11-23 23:00:00")
        self.assertEqual(str(rules[0].date_end), "2026-12-31 22:59:59")
        self.assertEqual(self.client.gestor_pricelist_id, pricelist)
        self.assertEqual(self.client.property_product_pricelist, self.retail)

    def test_second_run_doubles_nothing(self):
        offer = self._create_priced_offer()
        pricelist = self._make(offer)
        self.assertEqual(offer.made_pricelist_id, pricelist)
        offer.order_ids.order_line[0].price_unit = 77
        offer.date_to = "2027-01-31"
        again = self._make(offer)
        self.assertEqual(again, pricelist)
        self.assertEqual(sorted(pricelist.item_ids.mapped("fixed_price")), [77, 200])
        self.assertEqual(
            {str(item.date_end.date()) for item in pricelist.item_ids}, {"2027-01-31"}
        )

    def test_later_period_is_added_to_a_list(self):
        first = self._create_priced_offer(date_from=TODAY, date_to="2026-11-30")
        second = self._create_priced_offer(date_from="2026-12-01", date_to="2026-12-31")
        pricelist = self._make(first)
        self._make(second, pricelist_id=pricelist.id)
        self.assertEqual(len(pricelist.item_ids), 4)

    def test_quantities_of_the_lines_are_thresholds(self):
        offer = self._create_priced_offer(products=self.products[0], quantity=5)
        dozen = self.env.ref("uom.product_uom_dozen")
        offer.order_ids.order_line = [
            Command.create(
                {
                    "product_id": self.products[0].id,
                    "product_uom_id": dozen.id,
                    "product_uom_qty": 2,
                    "price_unit": 960,
                }
            )
        ]
        pricelist = self._make(offer, has_quantities=True)
        rules = {rule.min_quantity: rule.fixed_price for rule in pricelist.item_ids}
        self.assertEqual(rules, {5: 100, 24: 80})
        # without quantities the lower of the two prices counts
        pricelist = self._make(offer, pricelist_id=False)
        self.assertEqual(pricelist.item_ids.mapped("fixed_price"), [80])

    def test_list_is_the_main_one_of_the_firm(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.client.id, "type": "contact"}
        )
        offer = self._create_priced_offer(partner_id=contact.id)
        pricelist = self._make(offer, assignment="main")
        self.assertEqual(self.client.property_product_pricelist, pricelist)
        self.assertFalse(self.client.gestor_pricelist_id)
        offer = self._create_priced_offer(partner_id=self.other_client.id)
        self._make(offer, assignment="none")
        self.assertEqual(self.other_client.property_product_pricelist, self.retail)

    def test_next_offer_is_made_at_these_prices(self):
        offer = self._create_priced_offer()
        offer.order_ids.order_line.price_unit = 50
        self._make(offer)
        following = self._create_priced_offer()
        self.assertEqual(following.order_ids.order_line.mapped("price_unit"), [50, 50])

    def test_list_in_the_currency_of_the_offer(self):
        offer = self._create_priced_offer()
        self._reprice(offer, is_manual=True, rate=4)
        pricelist = self._make(offer)
        self.assertEqual(pricelist.currency_id, self.foreign)
        self.assertEqual(sorted(pricelist.item_ids.mapped("fixed_price")), [25, 50])
        with self.assertRaisesRegex(UserError, "is in"):
            self._make(offer, pricelist_id=self.retail.id)

    def test_nothing_to_price_is_refused(self):
        offer = self._create_offer(order_ids=[Command.create({})])
        with self.assertRaisesRegex(UserError, "no lines"):
            self._make(offer)
        offer = self._create_priced_offer()
        with self.assertRaisesRegex(UserError, "before it begins"):
            self._make(offer, date_start="2026-12-02", date_end="2026-12-01")
        with self.assertRaisesRegex(UserError, "variant of the offer"):
            self._make(offer, order_id=self._create_offer().order_ids[0].id)

    def test_salesperson_makes_no_price_lists(self):
        offer = self._create_priced_offer()
        with self.assertRaises(AccessError):
            self._make(offer, user=self.salesperson)

    def test_dialog_begins_with_the_offer(self):
        offer = self._create_priced_offer(date_to="2026-12-31")
        wizard = Form(
            self.env["gestor.offer.make.pricelist"]
            .with_user(self.offer_manager)
            .with_context(default_offer_id=offer.id)
        )
        self.assertEqual(wizard.order_id, offer.order_ids)
        self.assertEqual(str(wizard.date_end), "2026-12-31")
        self.assertFalse(wizard.current_pricelist_id)
        wizard.assignment = "main"
        self.assertEqual(wizard.current_pricelist_id, self.retail)
