from odoo.tests import tagged

from .common import GestorOfferProcessesCommon


@tagged("post_install", "-at_install")
class TestRealization(GestorOfferProcessesCommon):
    def test_realized_part_grows_with_posted_invoices_of_accepted_offers(self):
        deal = self._create_deal()
        first = self._create_sent_offer(process_id=deal.id)
        # 100 + ... + 500, once and twice
        second = self._create_sent_offer(process_id=deal.id)
        first.action_accept(first.order_ids[0])
        second.action_accept(second.order_ids[1])
        self.assertEqual(deal.gestor_amount_untaxed, 4500)
        self.assertEqual(deal.gestor_cost, 2700)
        self.assertEqual(deal.gestor_margin, 1800)
        self.assertEqual(deal.gestor_realized_percent, 0)
        self._invoice(first)
        self.env.invalidate_all()
        self.assertEqual(deal.gestor_realized_amount, 1500)
        self.assertAlmostEqual(deal.gestor_realized_percent, 1 / 3)

    def test_realized_part_is_in_the_companys_currency(self):
        foreign = self.env["res.currency"].create(
            {
                "name": "XGT",
                "symbol": "x",
                "rate_ids": [
                    (0, 0, {"name": "2020-01-01", "rate": 0.25}),
                ],
            }
        )
        pricelist = self._create_pricelist("Foreign", percent=0)
        pricelist.currency_id = foreign
        client = self._create_client(
            name="Foreign client", specific_property_product_pricelist=pricelist.id
        )
        deal = self._create_deal(partner_id=client.id)
        offer = self._create_sent_offer(process_id=deal.id, partner_id=client.id)
        self.assertEqual(offer.currency_id, foreign)
        # 1500 of the company are 375 abroad
        self.assertEqual(offer.amount_untaxed, 375)
        offer.action_accept(offer.order_ids[0])
        self._invoice(offer)
        self.env.invalidate_all()
        self.assertEqual(deal.gestor_realized_amount, 1500)
        self.assertEqual(deal.gestor_realized_percent, 1)
