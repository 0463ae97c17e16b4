from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import GestorOfferApprovalCommon

TODO = "gestor_offer_approval.mail_activity_type_approval"


@tagged("post_install", "-at_install")
class TestDecision(GestorOfferApprovalCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._discount(20)

    def _todos(self, offer=None):
        todos = self.env["mail.activity"].sudo()
        return todos.search(
            [
                ("res_model", "=", "gestor.offer"),
                ("res_id", "=", (offer or self.offer).id),
                ("activity_type_id", "=", self.env.ref(TODO).id),
            ]
        )

    @freeze_time("2026-05-04 10:00:00")
    def test_approver_gets_a_todo_and_a_mail_and_approves(self):
        with self.mock_mail_gateway():
            self._request()
            self.env["mail.mail"].sudo().search([]).send()
        self.assertEqual(self.offer.approval_state, "waiting")
        self.assertEqual(self._todos().user_id, self.approver)
        self.assertIn("Big client", self._todos().note)
        with self.mock_mail_gateway():
            self._approve()
        self.assertEqual(self.offer.approval_state, "approved")
        self.assertFalse(self.offer.approval_is_needed)
        self.assertFalse(self._todos())
        approval = self.offer.approval_ids
        self.assertRecordValues(
            approval,
            [
                {
                    "user_id": self.salesperson.id,
                    "note": "Big client",
                    "decided_by_id": self.approver.id,
                    "decided_for_id": False,
                    "decided_at": fields.Datetime.to_datetime("2026-05-04 10:00:00"),
                }
            ],
        )
        self.assertEqual(approval.line_ids.value, 20)
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.salesperson.partner_id.ids)], limit=1
        )
        self.assertIn("is approved", told.subject)

    def test_approver_sends_back_with_a_reason(self):
        self._request()
        offer = self.offer.with_user(self.approver)
        self.assertEqual(
            offer.action_send_back()["res_model"], "gestor.offer.approval.step"
        )
        offer.action_send_back("Too much")
        self.assertEqual(self.offer.approval_state, "returned")
        self.assertEqual(self.offer.approval_ids.reason, "Too much")
        self.assertTrue(self.offer.approval_is_needed)
        self._request(note="Once more")
        self._approve()
        self.assertEqual(len(self.offer.approval_ids), 2)
        self.assertFalse(self.offer.approval_is_needed)

    def test_many_are_approved_at_once_or_none(self):
        second, third = self._create_offer(), self._create_offer()
        self._discount(20, second)
        both = self._request(self.offer | second)
        with self.assertRaisesRegex(UserError, third.name):
            (both | third).with_user(self.boss).action_approve()
        self.assertEqual(set(both.mapped("approval_state")), {"waiting"})
        self._approve(both)
        self.assertEqual(set(both.mapped("approval_state")), {"approved"})

    def test_seller_does_not_approve_the_own_offer(self):
        self.rule.approver_ids |= self.salesperson
        self._request()
        self.assertEqual(self.offer.approval_state, "waiting")
        offer = self.offer.with_user(self.salesperson)
        self.assertFalse(offer.approval_can_decide)
        with self.assertRaisesRegex(UserError, "nobody approves own offers"):
            offer.action_approve()

    def test_seller_approves_the_own_offer_where_the_rule_allows_it(self):
        self.rule.write({"approver_ids": self.salesperson.ids, "is_own_allowed": True})
        self._request()
        self.assertEqual(self.offer.approval_state, "approved")

    def test_asking_without_anybody_to_ask_is_refused(self):
        self.rule.approver_ids = self.salesperson
        with self.assertRaisesRegex(UserError, "nobody can approve"):
            self._request()

    def test_stranger_does_not_approve(self):
        self._request()
        with self.assertRaisesRegex(UserError, "Another person approves"):
            self.offer.with_user(self.boss).action_approve()
        self.assertEqual(self.offer.approval_state, "waiting")

    @freeze_time("2026-07-10 12:00:00")
    def test_substitute_of_the_approver_approves(self):
        self._substitute(self.approver, self.other_salesperson)
        self._request()
        self.assertEqual(self._todos().user_id, self.other_salesperson)
        self.env.invalidate_all()
        offer = self.offer.with_user(self.other_salesperson)
        self.assertTrue(offer.approval_can_decide)
        self.assertIn(offer, offer.search([("approval_is_mine", "=", True)]))
        self._approve(user=self.other_salesperson)
        self.assertEqual(self.offer.approval_ids.decided_for_id, self.approver)

    @freeze_time("2026-07-10 12:00:00")
    def test_seller_who_stands_in_for_the_approver_does_not_approve_his_own(self):
        self._substitute(self.approver, self.salesperson)
        self._request()
        with self.assertRaises(UserError):
            self._approve(user=self.salesperson)

    def _substitute(self, user, substitute):
        self.env["gestor.substitution"].with_user(user).create(
            {
                "substitute_id": substitute.id,
                "date_from": "2026-07-06",
                "date_to": "2026-07-17",
            }
        )

    def test_every_broken_rule_is_approved_by_its_own_people(self):
        margin = self._create_rule(
            name="Low margin",
            kind="margin",
            limit_percent=40,
            approver_ids=self.boss.ids,
        )
        self._request()
        self.assertEqual(self._todos().user_id, self.approver | self.boss)
        self._approve()
        self.assertEqual(self.offer.approval_state, "waiting")
        self.assertTrue(self.offer.approval_is_needed)
        self.assertEqual(self._todos().user_id, self.boss)
        self._approve(user=self.boss)
        self.assertEqual(self.offer.approval_state, "approved")
        lines = self.offer.approval_ids.line_ids
        self.assertEqual(lines.rule_id, self.rule | margin)

    def test_better_price_keeps_the_approval_and_a_worse_one_withdraws_it(self):
        self._request()
        self._approve()
        for percent, state in ((15, "approved"), (20, "approved"), (21, "outdated")):
            with self.subTest(percent):
                self._discount(percent)
                self.assertEqual(self.offer.approval_state, state)
                self.assertEqual(self.offer.approval_is_needed, state == "outdated")
        self.assertRegex(self.offer.approval_text, "21[.,]00 %")
        self._discount(20)
        self.assertEqual(self.offer.approval_state, "approved")

    def test_new_line_beyond_the_approved_value_withdraws_it(self):
        self._request()
        self._approve()
        self.variant.order_line[1].discount = 20
        self.assertEqual(self.offer.approval_state, "approved")
        self.offer.order_ids[0].order_line[0].discount = 20
        self.assertEqual(self.offer.approval_state, "outdated", "another variant")

    def test_worse_price_during_the_request_has_to_be_asked_anew(self):
        self._request()
        self._discount(40)
        self.assertEqual(self.offer.approval_state, "outdated")
        with self.assertRaisesRegex(UserError, "40[.,]00 %"):
            self._approve()
        self._request()
        self.assertEqual(
            sorted(self.offer.approval_ids.mapped("state")), ["replaced", "waiting"]
        )
        self._approve()
        self.assertFalse(self.offer.approval_is_needed)

    def test_approval_is_for_one_client(self):
        self._request()
        self._approve()
        self.offer.partner_id = self.other_client
        self.assertTrue(self.offer.approval_is_needed)
        self.assertEqual(self.offer.approval_state, "outdated")

    def test_stricter_rule_is_asked_for_again(self):
        self._request()
        self._approve()
        self._create_rule(name="Amounts", kind="amount", limit_amount=1)
        self.assertEqual(self.offer.approval_state, "outdated")
        self.assertTrue(self.offer.approval_is_needed)

    def test_copy_takes_no_approval_along(self):
        self._request()
        self._approve()
        copy = self.offer.copy()
        self.assertFalse(copy.approval_state)
        self.assertTrue(copy.approval_is_needed)

    def test_needless_and_double_requests_are_refused(self):
        self._discount(0)
        with self.assertRaisesRegex(UserError, "No approval is needed"):
            self._request()
        self._discount(20)
        self._request()
        with self.assertRaisesRegex(UserError, "Waiting for approval already"):
            self._request()

    def test_dialog_asks_and_sends_back(self):
        dialogs = self.env["gestor.offer.approval.step"]
        vals = {"offer_ids": self.offer.ids, "note": " "}
        dialogs.with_user(self.salesperson).create(
            {**vals, "step": "request"}
        ).action_apply()
        self.assertEqual(self.offer.approval_state, "waiting")
        dialog = dialogs.with_user(self.approver).create({**vals, "step": "return"})
        self.assertRegex(dialog.text, "20[.,]00 %")
        with self.assertRaisesRegex(UserError, "reason"):
            dialog.action_apply()
        dialog.note = "No"
        dialog.action_apply()
        self.assertEqual(self.offer.approval_state, "returned")

    def test_polish_seller_reads_polish(self):
        self.salesperson.lang = "pl_PL"
        offer = self.offer.with_user(self.salesperson).with_context(lang="pl_PL")
        with self.assertRaisesRegex(UserError, "Wymaga zatwierdzenia"):
            offer.action_send()
