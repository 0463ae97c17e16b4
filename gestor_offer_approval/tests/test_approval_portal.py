from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.gestor_offers.tests.portal_common import GestorOffersPortalCommon


@tagged("post_install", "-at_install")
class TestApprovalPortal(GestorOffersPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.env["gestor.offer.approval.rule"]
        rules.search([]).active = False
        rules.create(
            {
                "name": "Discounts",
                "limit_percent": 10,
                "approver_ids": cls.offer_manager.ids,
            }
        )
        cls.draft = cls._create_offer()
        cls.draft.order_ids.order_line.discount = 30
        cls.draft_token = cls.draft._portal_ensure_token()

    def test_visitor_with_the_link_sees_nothing_before_approval(self):
        for params in ({}, {"report_type": "pdf"}):
            with self.subTest(params):
                response = self._get(self.draft, self.draft_token, **params)
                self.assertNothingTold(response, self.draft)
        variant = self.draft.order_ids[0]
        token = variant._portal_ensure_token()
        response = self.url_open(f"/my/orders/{variant.id}?access_token={token}")
        self.assertNotIn(self.products[0].name, response.text)

    def test_visitor_cannot_accept_before_approval(self):
        answer = self._accept(self.draft.order_ids[0], self.draft, self.draft_token)
        self.assertIn("error", answer)
        self.assertEqual(self.draft.state, "draft")

    def test_client_with_an_account_reads_no_draft_by_a_program(self):
        for records in (
            self.draft,
            self.draft.order_ids,
            self.draft.order_ids.order_line,
        ):
            with (
                self.subTest(records._name),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                found = records.with_user(self.client_user).search(
                    [("id", "in", records.ids)]
                )
                self.assertFalse(found)
        sent = self.offer.order_ids
        self.assertEqual(
            sent.with_user(self.client_user).search([("id", "in", sent.ids)]), sent
        )

    def test_client_with_an_account_reads_nothing_of_approvals(self):
        offer = self.offer.with_user(self.client_user)
        names = [name for name in offer._fields if name.startswith("approval_")]
        self.assertEqual(len(names), 6)
        self.assertFalse([name for name in names if name in offer.fields_get()])

    def test_page_of_a_sent_offer_is_as_before(self):
        response = self._get(token=self.token)
        self.assertEqual(response.status_code, 200)
        self.assertIn(self.offer.name, response.text)

    def test_colleague_looks_at_the_draft(self):
        self.authenticate(self.salesperson.login, self.salesperson.login)
        response = self._get(self.draft)
        self.assertEqual(response.status_code, 200)
        self.assertIn(self.products[0].name, response.text)
