from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferFlow(GestorOffersCommon):
    def test_salesperson_takes_an_offer_to_a_posted_invoice(self):
        process = self._create_process()
        offer = self._create_offer(user=self.salesperson, process_id=process.id)
        first, second = offer.order_ids
        self.assertRecordValues(
            offer.order_ids,
            [
                {"gestor_is_proposed": True, "amount_untaxed": 1500},
                {"gestor_is_proposed": False, "amount_untaxed": 3000},
            ],
        )
        self.assertEqual(process.gestor_amount_untaxed, 1500)
        self.assertEqual(process.quotation_count, 1)

        offer.action_send()
        self.assertEqual(offer.state, "sent")
        self.assertEqual(set(offer.order_ids.mapped("state")), {"sent"})

        offer.action_accept(second)
        self.assertEqual(offer.state, "accepted")
        self.assertEqual((first.state, second.state), ("cancel", "sale"))
        self.assertEqual(process.won_status, "won")
        self.assertEqual(process.gestor_amount_untaxed, 3000)
        self.assertEqual(self.client.gestor_kind, "standard")

        invoice = self._invoice(offer, self.salesperson)
        self.assertEqual(offer.state, "realized")
        invoice.button_draft()
        self.assertEqual(offer.state, "accepted")
        second.action_cancel()
        self.assertEqual(offer.state, "sent")
        self.assertEqual(set(offer.order_ids.mapped("state")), {"sent"})
        self.assertEqual(process.won_status, "pending")
