from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorOfferApprovalCommon

MODELS = (
    "gestor.offer.approval.rule",
    "gestor.offer.approval",
    "gestor.offer.approval.line",
)


@tagged("post_install", "-at_install")
class TestApprovalSecurity(GestorOfferApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._discount(20)

    def setUp(self):
        super().setUp()
        names = ("ir_rule", "ir_model")
        self.enterContext(mute_logger(*(f"odoo.addons.base.models.{n}" for n in names)))

    def _assert_rights(self, user, rights):
        for model, operations in zip(MODELS, rights, strict=True):
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    allowed = self.env[model].with_user(user).has_access(operation)
                    self.assertEqual(allowed, operation in operations.split())

    def test_rights_of_each_role(self):
        employee = self._create_user("gestor_employee", "base.group_user")
        portal = self._create_user("gestor_portal", "base.group_portal")
        self._assert_rights(employee, ("", "", ""))
        self._assert_rights(portal, ("", "", ""))
        self._assert_rights(self.salesperson, ("read", "read", "read"))
        self._assert_rights(self.boss, ("read write create unlink", "read", "read"))

    def test_approver_reads_the_offer_only_when_asked(self):
        documents = (self.offer, self.variant, self.variant.order_line)
        for is_asked in (False, True):
            if is_asked:
                self._request()
            self.env.invalidate_all()
            for records in documents:
                records = records.with_user(self.approver)
                with self.subTest(model=records._name, is_asked=is_asked):
                    self.assertEqual(records.has_access("read"), is_asked)
                    self.assertFalse(records.has_access("write"))
        self._approve()
        self.assertTrue(self.offer.with_user(self.approver).has_access("read"))

    def test_colleague_neither_reads_nor_asks_nor_approves(self):
        self._request()
        self.env.invalidate_all()
        offer = self.offer.with_user(self.other_salesperson)
        self.assertFalse(offer.has_access("read"))
        approval = self.offer.approval_ids.with_user(self.other_salesperson)
        self.assertFalse(approval.has_access("read"))
        for action in (offer.action_approve, lambda: offer.action_request_approval("")):
            with self.assertRaises(AccessError):
                action()

    def test_approver_cannot_ask_for_a_colleague(self):
        self._request()
        self._discount(30)
        with self.assertRaises(AccessError):
            self._request(user=self.approver)

    def test_approvals_of_another_company_are_closed(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.boss.company_ids |= other
        rule = self._create_rule(company_id=other.id, approver_ids=self.boss.ids)
        offer = self.env["gestor.offer"].create(
            {"partner_id": self.client.id, "company_id": other.id}
        )
        self._request()
        self.env.invalidate_all()
        boss = self.boss.with_user(self.boss).with_context(
            allowed_company_ids=other.ids
        )
        rules = boss.env["gestor.offer.approval.rule"]
        self.assertEqual(rules.search([]), rule)
        approvals = boss.env["gestor.offer.approval"]
        self.assertFalse(approvals.search([("offer_id", "=", self.offer.id)]))
        self.assertFalse(offer.approval_is_needed)
