from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import GestorOfferRealizeCommon


@tagged("post_install", "-at_install")
class TestRealizeMany(GestorOfferRealizeCommon):
    def _start(self, offers, **vals):
        wizards = self.env["gestor.offer.realize.many"].with_user(self.salesperson)
        wizard = wizards.with_context(active_ids=offers.ids).create(vals)
        with trap_jobs() as trap:
            action = wizard.action_apply()
            queue = list(trap.enqueued_jobs)
            while trap.enqueued_jobs:
                trap.enqueued_jobs.pop(0).perform()
            # a server that died before it could say that it was ready
            for job in queue:
                job.perform()
        return self.env["gestor.job"].browse(action["res_id"])

    def _create_offers(self, count, **vals):
        return self.env["gestor.offer"].union(
            *(self._create_accepted_offer(**vals) for _number in range(count))
        )

    def test_each_accepted_offer_gets_its_invoice_once(self):
        offers = self._create_offers(3)
        waiting = self._create_sent_offer()
        job = self._start(offers | waiting, kind="invoice")
        self.assertRecordValues(job, [{"state": "done", "done_count": 3}])
        for offer in offers:
            self.assertEqual(len(offer.accepted_order_id.invoice_ids), 1)
        self.assertEqual(waiting.state, "sent")

    def test_offer_that_fails_does_not_stop_the_others(self):
        offers = self._create_offers(1)
        offers += self._create_offers(1, partner_id=self.other_client.id)
        offers += self._create_offers(1)
        self.other_client.active = False
        job = self._start(offers, kind="invoice")
        self.assertRecordValues(
            job, [{"state": "partial", "done_count": 2, "failed_count": 1}]
        )
        item = job.failed_item_ids
        self.assertEqual(item.res_id, offers[1].id)
        self.assertIn("Other client is archived", item.reason)
        self.other_client.active = True
        with trap_jobs() as trap:
            job.with_user(self.salesperson).action_retry()
            trap.perform_enqueued_jobs()
        self.assertEqual(job.state, "done")
        self.assertEqual(len(offers.accepted_order_id.invoice_ids), 3)

    def test_offers_of_one_client_go_on_one_invoice(self):
        offers = self._create_offers(3)
        others = self._create_offers(1, partner_id=self.other_client.id)
        self._realize(offers[0], kind="invoice")
        job = self._start(offers | others, kind="invoice", is_grouped=True)
        self.assertEqual(job.state, "done")
        invoice = offers[1].accepted_order_id.invoice_ids
        self.assertEqual(offers[2].accepted_order_id.invoice_ids, invoice)
        self.assertEqual(len(invoice.invoice_line_ids.filtered("product_id")), 10)
        self.assertEqual(len(offers[0].accepted_order_id.invoice_ids), 1)
        self.assertNotEqual(others.accepted_order_id.invoice_ids, invoice)
        item = job.item_ids.filtered(lambda item: offers[0].name in item.name)
        self.assertIn("Left out", item.reason)
        self.assertIn("Nothing is left to invoice", item.reason)

    def test_each_offer_is_made_into_what_it_says(self):
        self.products.type = "service"
        offers = self._create_offers(2)
        offers[1].realize_as = "delivery"
        self._start(offers)
        self.assertTrue(offers[0].accepted_order_id.invoice_ids)
        self.assertFalse(offers[1].accepted_order_id.invoice_ids)
        self.assertEqual(offers[1].accepted_order_id.order_line[0].qty_delivered, 2)

    def test_nothing_accepted_starts_nothing(self):
        with self.assertRaisesRegex(UserError, "None of the offers is accepted"):
            self._start(self._create_sent_offer(), kind="invoice")

    def test_posted_invoices_realize_the_offers(self):
        offers = self._create_offers(2)
        job = self._start(offers, kind="invoice", is_grouped=True, is_posted=True)
        self.assertEqual(job.state, "done")
        self.assertEqual(set(offers.mapped("state")), {"realized"})
