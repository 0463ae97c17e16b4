from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorOffersCommon

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA"
    b"60e6kgAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestOfferDecision(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._create_process()
        cls.offer = cls._create_sent_offer(process_id=cls.process.id)
        cls.first, cls.second = cls.offer.order_ids

    def _assert_unchanged(self, state="sent"):
        self.assertEqual(self.offer.state, state)
        self.assertEqual(set(self.offer.order_ids.mapped("state")), {"sent"})
        self.assertEqual(self.process.won_status, "pending")

    # === Accepting ===

    def test_client_picks_the_variant_not_proposed_and_signs(self):
        self.offer.sudo()._gestor_accept(
            self.second,
            {"signed_by": "Jan Żak", "signature": PIXEL, "signed_ip": "10.0.0.7"},
        )
        self.assertRecordValues(
            self.offer,
            [
                {
                    "state": "accepted",
                    "accepted_order_id": self.second.id,
                    "amount_untaxed": 3000,
                    "signed_by": "Jan Żak",
                    "signed_ip": "10.0.0.7",
                }
            ],
        )
        self.assertTrue(self.offer.signed_at)
        self.assertEqual((self.first.state, self.second.state), ("cancel", "sale"))
        self.assertEqual(self.second.signed_by, "Jan Żak")
        self.assertEqual(self.process.won_status, "won")
        self.assertEqual(self.client.gestor_kind, "standard")
        self.assertIn("Jan Żak", "".join(self.offer.message_ids.mapped("body")))

    def test_second_click_gets_a_message_and_changes_nothing(self):
        self.offer._gestor_accept(self.second)
        for order in (self.second, self.first):
            with self.assertRaisesRegex(UserError, "accepted already"):
                self.offer._gestor_accept(order)
        with self.assertRaisesRegex(UserError, "accepted already"):
            self.offer._gestor_decline(self.lost_reason)
        self.assertEqual(self.offer.accepted_order_id, self.second)

    def test_expired_offer_is_not_accepted(self):
        self.offer.write({"date_from": "2020-01-01", "date_to": "2020-01-10"})
        with self.assertRaisesRegex(UserError, "was valid until"):
            self.offer._gestor_accept(self.first)
        self._assert_unchanged()
        self.offer._cron_expire()
        with self.assertRaisesRegex(UserError, "was valid until"):
            self.offer._gestor_accept(self.first)
        self._assert_unchanged("expired")

    def test_variant_of_another_offer_is_not_accepted(self):
        other = self._create_sent_offer()
        with self.assertRaisesRegex(UserError, "does not belong"):
            self.offer._gestor_accept(other.order_ids[0])
        self._assert_unchanged()

    def test_variant_without_lines_is_not_accepted(self):
        # as if the lines were lost behind the back of the checks
        self.env.cr.execute(
            "DELETE FROM sale_order_line WHERE order_id = %s", [self.first.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "no lines with a product"):
            self.offer._gestor_accept(self.first)
        self._assert_unchanged()

    def test_withdrawn_offer_is_not_accepted(self):
        self.offer.action_reset_to_draft()
        with self.assertRaisesRegex(UserError, "withdrawn for changes"):
            self.offer._gestor_accept(self.first)
        self.assertEqual(self.offer.state, "draft")

    def test_salesperson_accepts_for_the_client(self):
        offer = self.offer.with_user(self.salesperson)
        action = offer.action_accept()
        accept = self.env[action["res_model"]].with_user(self.salesperson)
        accept = accept.with_context(**action["context"]).create({})
        self.assertEqual(accept.order_id, self.first)
        accept.action_apply()
        self.assertEqual(offer.accepted_order_id, self.first)

    def test_prepared_offer_is_accepted_by_id_over_the_phone(self):
        offer = self._create_offer()
        offer.action_prepare()
        offer.action_accept(offer.order_ids[1].id)
        self.assertEqual(offer.accepted_order_id, offer.order_ids[1])

    def test_draft_is_accepted_over_the_phone_once_it_is_complete(self):
        offer = self._create_offer()
        offer.order_ids[0].order_line.unlink()
        with self.assertRaisesRegex(UserError, "no lines with a product"):
            offer.action_accept(offer.order_ids[1])
        self.assertEqual(offer.state, "draft")
        complete = self._create_offer()
        complete.action_accept(complete.order_ids[1])
        self.assertEqual(complete.state, "accepted")

    def test_confirming_a_variant_accepts_it(self):
        plain = self.env["sale.order"].create(
            self._prepare_variant_vals(partner_id=self.client.id)
        )
        (self.second | plain).action_confirm()
        self.assertEqual(self.offer.accepted_order_id, self.second)
        self.assertEqual(self.first.state, "cancel")
        self.assertEqual(plain.state, "sale")

    def test_host_portal_never_signs_or_changes_a_variant(self):
        self.first.require_signature = True
        self.assertFalse(self.first._has_to_be_signed())
        self.assertFalse(self.first._has_to_be_paid())
        self.assertFalse(self.first._can_be_edited_on_portal())
        self.assertEqual(self.first.get_portal_url(), self.offer.get_portal_url())
        self.offer._gestor_accept(self.first)
        self.assertIn(f"/my/orders/{self.first.id}", self.first.get_portal_url())

    # === Declining ===

    def test_declining_the_only_live_offer_loses_the_process(self):
        self.offer.sudo()._gestor_decline(self.lost_reason, " Too dear. ")
        self.assertRecordValues(
            self.offer,
            [
                {
                    "state": "rejected",
                    "reject_reason_id": self.lost_reason.id,
                    "reject_note": "Too dear.",
                }
            ],
        )
        self.assertEqual(set(self.offer.order_ids.mapped("state")), {"cancel"})
        self.assertEqual(self.process.won_status, "lost")
        self.assertEqual(self.process.lost_reason_id, self.lost_reason)
        self.assertEqual(self.process.gestor_amount_untaxed, 0)

    def test_declining_one_of_two_offers_keeps_the_process(self):
        other = self._create_offer(process_id=self.process.id)
        self.offer._gestor_decline(self.lost_reason)
        self.assertEqual(self.process.won_status, "pending")
        self.assertEqual(self.process.gestor_amount_untaxed, other.amount_untaxed)

    def test_declining_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self.offer._gestor_decline(note="  ")
        self._assert_unchanged()

    def test_salesperson_rejects_with_a_dialog_and_takes_it_back(self):
        offer = self.offer.with_user(self.salesperson)
        action = offer.action_reject()
        reject = self.env[action["res_model"]].with_user(self.salesperson)
        reject = reject.with_context(**action["context"])
        reject.create({"reason_id": self.lost_reason.id}).action_apply()
        self.assertEqual(offer.state, "rejected")
        with self.assertRaisesRegex(UserError, "rejected already"):
            offer._gestor_accept(self.first)
        offer.action_reset_to_draft()
        self.assertEqual(set(offer.order_ids.mapped("state")), {"draft"})
        self.assertEqual(self.process.won_status, "pending")
        self.assertFalse(offer.reject_reason_id)

    # === Variants behind the back of the offer ===

    def test_variant_is_not_cancelled_alone(self):
        with self.assertRaisesRegex(UserError, "not cancelled alone"):
            self.first.action_cancel()
        self._assert_unchanged()

    def test_closed_variants_are_history(self):
        self.offer._gestor_accept(self.second)
        with self.assertRaisesRegex(UserError, "history"):
            self.first.action_draft()
        self.assertEqual(self.first.state, "cancel")

    # === Realization and the way back ===

    def test_cancelling_the_order_reopens_the_offer(self):
        stage = self.process.stage_id
        self.offer._gestor_accept(self.second, {"signed_by": "Jan Żak"})
        self.second.with_user(self.salesperson).action_cancel()
        self._assert_unchanged()
        self.assertEqual(self.process.stage_id, stage)
        self.assertFalse(self.offer.accepted_order_id)
        self.assertFalse(self.offer.signed_by)
        self.offer._gestor_accept(self.first)
        self.assertEqual(self.offer.accepted_order_id, self.first)

    def test_invoice_realizes_and_its_cancelling_goes_one_status_back(self):
        self.offer._gestor_accept(self.second)
        invoice = self._invoice(self.offer, self.salesperson)
        self.assertEqual(self.offer.state, "realized")
        self.assertEqual(self.offer.invoice_count, 1)
        with self.assertRaisesRegex(UserError, "Cancel its invoice first"):
            self.second.action_cancel()
        invoice.button_draft()
        self.assertEqual(self.offer.state, "accepted")
        invoice.action_post()
        self.assertEqual(self.offer.state, "realized")
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.offer.state, "accepted")

    def test_correction_of_the_whole_invoice_goes_one_status_back(self):
        self.offer._gestor_accept(self.second)
        invoice = self._invoice(self.offer)
        reversal = self.env["account.move.reversal"].create(
            {
                "move_ids": [Command.set(invoice.ids)],
                "journal_id": invoice.journal_id.id,
            }
        )
        reversal.reverse_moves()
        self.assertEqual(self.offer.state, "realized")
        reversal.new_move_ids.action_post()
        self.assertEqual(self.offer.state, "accepted")

    def test_salesperson_opens_the_hosts_invoice_dialog(self):
        offer = self.offer.with_user(self.salesperson)
        offer._gestor_accept(self.second)
        self.assertEqual(offer.invoice_status, "to invoice")
        action = offer.action_create_invoice()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        wizard.create_invoices()
        self.assertEqual(offer.invoice_count, 1)
        self.assertEqual(offer.state, "accepted")
