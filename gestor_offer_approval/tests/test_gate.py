from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import GestorOfferApprovalCommon

TEMPLATE = "gestor_offers.gestor_offer_mail_template"


@tagged("post_install", "-at_install")
class TestGate(GestorOfferApprovalCommon, MailCase):
    """Every way in which an offer could get to the client before approval."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._discount(30)
        cls.mine = cls.offer.with_user(cls.salesperson)
        cls.order = cls.variant.with_user(cls.salesperson)

    def _assert_refused(self, function, *args, **kwargs):
        with (
            self.mock_mail_gateway(),
            self.assertRaisesRegex(UserError, "Needs approval|Wymaga"),
        ):
            function(*args, **kwargs)
        self.assertFalse(self._mails)
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.state, "draft")

    def test_seller_can_neither_prepare_nor_send(self):
        for action in ("action_prepare", "action_send", "action_open_composer"):
            with self.subTest(action):
                self._assert_refused(getattr(self.mine, action))

    def test_prepared_offer_that_gets_worse_is_not_handed_over(self):
        self._discount(0)
        self.mine.action_prepare()
        self._discount(30)
        with self.assertRaisesRegex(UserError, "Needs approval"):
            self.mine.action_mark_sent()
        self.assertEqual(self.offer.state, "prepared")

    def test_nothing_is_sent_when_one_of_many_waits(self):
        other = self._create_offer(user=self.salesperson)
        self._assert_refused((other | self.mine).action_send)
        self.assertEqual(other.state, "draft")

    def test_composer_with_the_template_is_refused(self):
        composers = self.env["mail.compose.message"].with_user(self.salesperson)
        for mode in ("comment", "mass_mail"):
            with self.subTest(mode):
                self._assert_refused(
                    lambda mode=mode: composers.create(
                        {
                            "model": "gestor.offer",
                            "res_ids": str(self.offer.ids),
                            "template_id": self.env.ref(TEMPLATE).id,
                            "composition_mode": mode,
                        }
                    )._action_send_mail()
                )

    def test_template_sent_by_a_program_is_refused(self):
        template = self.env.ref(TEMPLATE).with_user(self.salesperson)
        self._assert_refused(template.send_mail, self.offer.id)

    def test_own_message_that_marks_as_sent_is_refused(self):
        mine = self.mine.with_context(gestor_offers_mark_sent=True)
        self._assert_refused(mine.message_post, body="Hello")

    def test_files_go_to_colleagues_only(self):
        files = [("offer.pdf", b"x")]
        self._assert_refused(
            self.mine.message_post,
            body="Hello",
            partner_ids=self.client.ids,
            attachments=files,
        )
        self.mine.message_post(
            body="Look", partner_ids=self.boss.partner_id.ids, attachments=files
        )
        self.mine.message_post(body="A question", partner_ids=self.client.ids)

    def test_print_is_refused_of_offer_and_variant(self):
        reports = self.env["ir.actions.report"].with_user(self.salesperson)
        for report, records in (
            ("gestor_offers.gestor_offer_report_action", self.offer),
            ("sale.action_report_saleorder", self.variant),
        ):
            for method in ("_render_qweb_pdf", "_render_qweb_html"):
                with self.subTest(report=report, method=method):
                    self._assert_refused(getattr(reports, method), report, records.ids)

    def test_host_neither_sends_nor_confirms_the_variant(self):
        for action in ("action_quotation_send", "action_confirm"):
            with self.subTest(action):
                self._assert_refused(getattr(self.order, action))
        self._assert_refused(self.mine.action_accept, self.order)
        for state in ("sent", "sale"):
            with self.subTest(state), self.assertRaises(UserError):
                self.order.write({"state": state})

    def test_status_and_approval_cannot_be_forged(self):
        with self.assertRaises(UserError):
            self.mine.write({"state": "sent"})
        with self.assertRaises(AccessError):
            self.env["gestor.offer.approval"].with_user(self.salesperson).create(
                {
                    "offer_id": self.offer.id,
                    "partner_id": self.client.id,
                    "user_id": self.salesperson.id,
                    "state": "approved",
                }
            )
        self._request()
        with self.assertRaises(AccessError):
            self.mine.approval_ids.write({"state": "approved"})
        with self.assertRaises(AccessError):
            self.mine.write({"approval_ids": [Command.clear()]})
        self.mine.write({"approval_state": "approved"})
        self.assertTrue(self.offer.approval_is_needed, "the field is only shown")

    def test_even_the_superuser_does_not_pass_the_last_door(self):
        with self.assertRaisesRegex(UserError, "Needs approval"):
            self.offer.sudo()._mark_sent()

    def test_approved_offer_goes_out(self):
        self._request()
        self._approve()
        with self.mock_mail_gateway():
            self.mine.action_send()
        self.assertEqual(self.offer.state, "sent")
        sent = [m for m in self._mails if self.client.email in m["email_to"][0]]
        self.assertEqual(len(sent), 1)
        self.mine.action_accept(self.order)
        self.assertEqual(self.offer.state, "accepted")

    def test_what_the_client_has_stays_valid_when_rules_get_stricter(self):
        self._discount(5)
        self.mine.action_prepare()
        self.mine.action_mark_sent()
        self.rule.limit_percent = 1
        self.assertFalse(self.offer.approval_is_needed)
        self.mine.action_accept(self.order)
        self.assertEqual(self.offer.state, "accepted")

    def test_withdrawn_offer_is_looked_at_anew(self):
        self._discount(5)
        self.mine.action_prepare()
        self.mine.action_mark_sent()
        self.mine.action_reset_to_draft()
        self._discount(30)
        self._assert_refused(self.mine.action_send)
