from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import GestorOfferBulkCommon


@tagged("post_install", "-at_install")
class TestBatch(GestorOfferBulkCommon):
    def test_salesperson_makes_a_process_and_an_offer_for_each_client(self):
        batch = self._make_batch(process_template_id=self.process_template.id)
        self.assertRecordValues(
            batch, [{"job_state": "done", "offer_count": 2, "open_count": 2}]
        )
        offers = batch.offer_ids
        self.assertEqual(offers.partner_id, self.both)
        self.assertEqual(offers.user_id, self.salesperson)
        self.assertEqual(len(offers.process_id), 2)
        self.assertEqual(offers.process_id.partner_id, self.both)
        for offer in offers:
            self.assertEqual(len(offer.order_ids), 2)
            self.assertEqual(offer.process_id.partner_id, offer.partner_id)
            self.assertEqual(
                offer.order_ids[1].order_line.mapped("product_uom_qty"), [2] * 5
            )
        self.assertEqual(
            set(batch.job_id.item_ids.mapped("reason")), set(offers.mapped("name"))
        )

    def test_client_without_an_address_for_offers_is_left_out(self):
        self.other_client.email = False
        wizard = self._use_set()
        self.assertEqual(wizard.left_count, 1)
        self.assertIn("No e-mail address for offers", wizard.left_html)
        # the firm has none, but who gets its offers has one
        self.env["res.partner"].create(
            {
                "name": "Buyer",
                "parent_id": self.other_client.id,
                "email": "buyer@example.com",
                "gestor_mail_purpose_ids": self.env.ref(
                    "gestor_partners.gestor_mail_purpose_offers"
                ).ids,
            }
        )
        self.assertEqual(self._use_set().left_count, 0)

    def test_client_who_has_not_agreed_is_left_out_of_advertising(self):
        partners = self.env.registry["res.partner"]
        refusal = {self.client.id: "Has not agreed"}
        with patch.object(partners, "_gestor_contact_refusals", lambda *_args: refusal):
            wizard = self._use_set(purpose="marketing")
            self.assertIn("Has not agreed", wizard.left_html)
            batch = self._make_batch(purpose="marketing")
        self.assertEqual(batch.offer_ids.partner_id, self.other_client)
        self.assertIn("Has not agreed", batch.left_html)

    def test_killed_worker_leaves_nothing_half_done_and_nothing_twice(self):
        wizard = self._use_set(process_template_id=self.process_template.id)
        jobs = self.env.registry["gestor.job"]
        with trap_jobs() as trap:
            wizard.action_use()
            queued = trap.enqueued_jobs[0]
            with (
                patch.object(jobs, "_close_chunk", side_effect=OperationalError),
                self.assertRaises(OperationalError),
                self.env.cr.savepoint(),
            ):
                queued.perform()
            self.env.invalidate_all()
            batch = self.env["gestor.offer.batch"].search([], limit=1)
            self.assertFalse(batch.offer_ids)
            queued.perform()
            queued.perform()
        self.assertEqual(len(batch.offer_ids), 2)
        self.assertEqual(len(batch.offer_ids.process_id), 2)

    def test_offers_are_taken_back_until_they_are_sent(self):
        batch = self._make_batch(process_template_id=self.process_template.id)
        offers, processes = batch.offer_ids, batch.offer_ids.process_id
        offers.action_prepare()
        sent = offers[0]
        sent.action_mark_sent()
        self._run(batch.action_undo)
        self.assertEqual(offers.exists(), sent)
        self.assertEqual(processes.exists(), sent.process_id)
        self.assertEqual(batch.undo_job_id.state, "done")
        self.env.invalidate_all()
        self.assertRecordValues(batch, [{"offer_count": 1, "open_count": 0}])
        with self.assertRaisesRegex(UserError, "nothing is undone"):
            batch.action_undo()

    def test_process_with_another_offer_stays(self):
        batch = self._make_batch(process_template_id=self.process_template.id)
        process = batch.offer_ids[0].process_id
        kept = self._create_offer(
            process_id=process.id, partner_id=process.partner_id.id
        )
        self._run(batch.action_undo)
        self.assertTrue(process.exists())
        self.assertTrue(kept.exists())

    def test_nothing_is_undone_while_offers_are_made(self):
        with trap_jobs():
            action = self._use_set().action_use()
        batch = self.env["gestor.offer.batch"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "Wait until"):
            batch.with_user(self.salesperson).action_undo()

    def test_colleague_neither_sees_nor_undoes_it(self):
        batch = self._make_batch()
        found = batch.with_user(self.other_salesperson)
        self.assertFalse(found.search([("id", "=", batch.id)]))
        with self.assertRaises(AccessError):
            found.action_undo()
        with self.assertRaises(AccessError):
            batch.write({"name": "Mine"})
        self._run(batch.with_user(self.offer_manager).action_undo)
        self.assertFalse(batch.offer_ids.exists())

    def test_deleted_template_is_named_and_nothing_is_made(self):
        with trap_jobs() as trap:
            self._use_set().action_use()
            self.template.unlink()
            trap.perform_enqueued_jobs()
        self.assertEqual(self.job.state, "partial")
        self.assertIn("template has been deleted", self.job.item_ids[0].reason)

    def test_batches_of_another_company_are_closed(self):
        batch = self._make_batch()
        other = self.env["res.company"].create({"name": "Other"})
        batch.sudo().company_id = other
        found = batch.search([("id", "=", batch.id)])
        self.assertFalse(found)

    def test_cost_of_a_chunk_does_not_grow_with_the_clients(self):
        def count(number):
            clients = self.env["res.partner"].create(
                [
                    {"name": f"C{number}", "email": f"c{number}@example.com"}
                    for number in range(number)
                ]
            )
            use = self.env["gestor.set.use.offers"].with_user(self.salesperson)
            values = {
                "template_id": self.template.id,
                "process_template_id": self.process_template.id,
                "batch_id": batch.id,
            }
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            use._run(clients.with_user(self.salesperson), values)
            self.env.flush_all()
            return (self.env.cr.sql_log_count - before) / number

        batch = self._make_batch()
        count(2)
        few, many = count(10), count(90)
        self.assertLess(many, few)
