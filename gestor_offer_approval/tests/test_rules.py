from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GestorOfferApprovalCommon


@tagged("post_install", "-at_install")
class TestRules(GestorOfferApprovalCommon):
    def _assert_needed(self, is_needed, offer=None):
        offer = offer or self.offer
        self.assertEqual(offer.approval_is_needed, is_needed, offer.approval_text)

    def test_discount_of_a_line_counts_from_above_the_limit(self):
        self._assert_needed(False)
        self._discount(10)
        self._assert_needed(False)
        self._discount(10.5)
        self._assert_needed(True)
        pattern = r"Wariant B: .* 10[.,]50 %.* 10[.,]00 %"
        self.assertRegex(self.offer.approval_text, pattern)
        self.assertRegex(self.variant.gestor_approval_text, pattern)
        self.assertFalse(self.offer.order_ids[0].gestor_approval_text)

    def test_price_lowered_by_hand_is_a_discount(self):
        self.variant.order_line[0].price_unit = 80
        self._assert_needed(True)

    def test_discount_of_the_variant_is_seen_over_all_lines(self):
        self.rule.kind = "variant_discount"
        self._discount(50)
        # 50 % of 100 of 1500
        self._assert_needed(False)
        self.variant.order_line.discount = 12
        self._assert_needed(True)

    def test_low_margin_needs_approval(self):
        self.rule.write({"kind": "margin", "limit_percent": 40})
        self._assert_needed(False)  # costs are 60 % of the prices
        self.variant.order_line[0].purchase_price = 99
        self._assert_needed(True)

    def test_variant_without_goods_needs_nothing(self):
        self.rule.write({"kind": "margin", "limit_percent": 40})
        self.variant.order_line.unlink()
        self._assert_needed(False)
        self.variant.order_line = [Command.create({"product_id": self.products[0].id})]
        self.variant.order_line.purchase_price = 99
        self._assert_needed(True)

    def test_amount_in_another_currency_is_converted(self):
        self.rule.write({"kind": "amount", "limit_amount": 2900})
        self._assert_needed(True)  # 2 * 1500
        self.rule.limit_amount = 3000
        self._assert_needed(False)
        foreign = self.env["res.currency"].create(
            {
                "name": "QQQ",
                "symbol": "Q",
                "rate_ids": [Command.create({"name": "2000-01-01", "rate": 0.5})],
            }
        )
        pricelist = self._create_pricelist("Foreign", 0, currency_id=foreign.id)
        line = Command.create({"product_id": self.products[0].id, "price_unit": 1600})
        offer = self._create_offer(
            order_ids=[
                Command.create({"pricelist_id": pricelist.id, "order_line": [line]})
            ]
        )
        self.assertEqual(offer.currency_id, foreign)
        self._assert_needed(True, offer)

    def test_rule_for_one_seller_is_not_about_another(self):
        self._discount(30)
        self.rule.user_ids = self.other_salesperson
        self._assert_needed(False)
        self.rule.user_ids |= self.salesperson
        self._assert_needed(True)

    def test_rule_for_a_team_follows_the_team_of_the_variant(self):
        self._discount(30)
        team = self.env["crm.team"].create({"name": "Team of the rule"})
        self.rule.team_ids = team
        self._assert_needed(False)
        self.variant.team_id = team
        self._assert_needed(True)

    def test_rule_holds_in_its_company_and_the_branches(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": self.company.currency_id.id}
        )
        offers = self.env["gestor.offer"]
        for company in (branch, other):
            (self.env.user | self.salesperson).company_ids |= company
            offers |= self._create_offer(company_id=company.id)
        offers.order_ids.order_line.discount = 30
        self.assertEqual(offers.mapped("approval_is_needed"), [True, False])

    def test_archived_rule_stops_nothing(self):
        self._discount(30)
        self.rule.active = False
        self._assert_needed(False)

    def test_rule_without_approvers_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Say who approves"):
            self.rule.approver_ids = False
        group = self.env.ref("gestor_offers.gestor_offers_group_manager")
        self.rule.write({"approver_group_id": group.id, "approver_ids": False})
        self.assertIn(self.boss, self.rule._get_approvers())

    def test_approver_without_rights_to_offers_is_refused(self):
        stranger = self._create_user("gestor_stranger", "base.group_user")
        with self.assertRaisesRegex(ValidationError, "rights to offers"):
            self.rule.approver_ids = stranger

    def test_filter_finds_what_needs_approval(self):
        self._discount(30)
        offers = self.env["gestor.offer"].with_user(self.salesperson)
        found = offers.search([("approval_is_needed", "=", True)])
        self.assertIn(self.offer, found)
        self.assertTrue(all(found.mapped("approval_is_needed")))
        others = offers.search([("approval_is_needed", "=", False)])
        self.assertNotIn(self.offer, others)
