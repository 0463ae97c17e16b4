from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorOfferRealizeCommon


@tagged("post_install", "-at_install")
class TestRealizeState(GestorOfferRealizeCommon):
    """The status follows documents forwards and backwards as the type says."""

    def _invoice_part(self):
        wizard = self._create_wizard(kind="invoice")
        wizard.line_ids[1:].unlink()
        wizard.action_apply()
        invoice = self.order.invoice_ids
        invoice.invoice_date = fields.Date.today()
        invoice.action_post()
        return invoice

    def test_status_after_a_part_and_after_the_whole(self):
        self.offer_type.state_part = "accepted"
        self._invoice_part()
        self.assertEqual(self.offer.state, "accepted")
        self._realize(kind="invoice").action_post()
        self.assertEqual(self.offer.state, "realized")

    def test_part_realizes_where_the_type_says_so(self):
        invoice = self._invoice_part()
        self.assertEqual(self.offer.state, "realized")
        invoice.button_draft()
        self.assertEqual(self.offer.state, "accepted")

    def test_cancelled_invoice_takes_the_realization_back(self):
        invoice = self._realize(kind="invoice")
        invoice.action_post()
        self.assertEqual(self.offer.state, "realized")
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.offer.state, "accepted")
        self.assertEqual(self.order.state, "sale")

    def test_cancelled_invoice_reopens_the_offer_where_the_type_says_so(self):
        self.offer_type.state_withdrawn = "sent"
        invoice = self._realize(kind="invoice")
        invoice.action_post()
        invoice.button_draft()
        # corrected, not withdrawn
        self.assertEqual(self.offer.state, "accepted")
        invoice.button_cancel()
        self.assertEqual(self.offer.state, "sent")
        self.assertFalse(self.offer.accepted_order_id)

    def test_services_delivered_by_hand_move_the_status(self):
        self.products.type = "service"
        self.offer_type.realized_by = "any"
        offer = self._create_accepted_offer()
        order = offer.accepted_order_id
        self._realize(offer, kind="delivery")
        self.assertEqual(offer.state, "realized")
        with self.assertRaisesRegex(UserError, "Take the goods back"):
            order._action_cancel()
        order.order_line.qty_delivered = 0
        self.assertEqual(offer.state, "accepted")

    def test_changed_type_counts_anew(self):
        self._invoice_part()
        self.assertEqual(self.offer.state, "realized")
        self.offer.offer_type_id = self.offer_type.copy({"state_part": "accepted"})
        self.assertEqual(self.offer.state, "accepted")

    def test_offer_without_type_follows_its_invoices(self):
        self.offer.offer_type_id = False
        invoice = self._realize(kind="invoice")
        invoice.action_post()
        self.assertEqual(self.offer.state, "realized")
        invoice.button_draft()
        self.assertEqual(self.offer.state, "accepted")
