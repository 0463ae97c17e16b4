from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferCompany(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create(
            {"name": "Other company", "currency_id": cls.company.currency_id.id}
        )
        (cls.env.user | cls.salesperson).company_ids |= cls.other_company

    @freeze_time("2031-05-05 12:00:00")
    def test_each_company_numbers_its_offers_anew_each_year(self):
        ours = self._create_offer() | self._create_offer()
        theirs = self.env["gestor.offer"].create(
            {"partner_id": self.client.id, "company_id": self.other_company.id}
        )
        self.assertEqual(ours.mapped("name"), ["OF/2031/0001", "OF/2031/0002"])
        self.assertEqual(theirs.name, "OF/2031/0001")
        later = self._create_offer(date_from="2032-01-02", date_to="2032-01-20")
        self.assertEqual(later.name, "OF/2032/0001")

    def test_variants_stay_in_the_company_of_the_offer(self):
        offer = self.env["gestor.offer"].create(
            {"partner_id": self.client.id, "company_id": self.other_company.id}
        )
        self.assertEqual(offer.order_ids.company_id, self.other_company)
        private = self.client.copy({"company_id": self.other_company.id})
        with self.assertRaises(UserError):
            self._create_offer(partner_id=private.id)

    def test_colleague_of_another_company_sees_nothing(self):
        offer = self._create_offer()
        form = self.env["gestor.payment.form"].create(
            {"name": "Ours", "company_id": self.company.id}
        )
        user = self._create_user(
            "gestor_offers_abroad",
            "gestor_offers.gestor_offers_group_manager",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        offers = self.env["gestor.offer"].with_user(user)
        self.assertFalse(offers.search([("id", "=", offer.id)]))
        forms = self.env["gestor.payment.form"].with_user(user)
        self.assertNotIn(form, forms.search([]))

    def test_two_companies_in_one_batch(self):
        offers = self._create_offer() | self._create_offer(
            company_id=self.other_company.id
        )
        offers.action_prepare()
        offers.action_mark_sent()
        self.assertEqual(set(offers.mapped("state")), {"sent"})
        offers.action_reject(self.lost_reason.id, "No")
        self.assertEqual(set(offers.mapped("state")), {"rejected"})

    @freeze_time("2031-05-05 12:00:00")
    def test_branch_numbers_its_own_offers_and_uses_what_the_company_has(self):
        branches = self.env["res.company"].create(
            [
                {"name": f"Branch {number}", "parent_id": self.company.id}
                for number in (1, 2)
            ]
        )
        self.salesperson.company_ids |= branches
        form = self.env["gestor.payment.form"].create(
            {"name": "Of the whole company", "company_id": self.company.id}
        )
        client = self.client.copy({"company_id": self.company.id})
        seller = self._create_user(
            "gestor_offers_branch",
            "gestor_offers.gestor_offers_group_own",
            company_id=branches[1].id,
            company_ids=[Command.set(branches[1].ids)],
        )
        offers = self.env["gestor.offer"].with_user(seller)
        offer = offers.create({"partner_id": client.id})
        self.assertEqual(offer.company_id, branches[1])
        self.assertEqual(offer.order_ids.company_id, branches[1])
        self.assertEqual(offer.currency_id, self.company.currency_id)
        offer.payment_form_ids = form
        numbers = [
            self._create_offer().name,
            self._create_offer(company_id=branches[0].id).name,
            offer.name,
        ]
        ends = [number.removeprefix("OF/") for number in numbers]
        self.assertEqual(len(set(ends)), 3)
        self.assertRegex(ends[1], r"^\d\d/2031/0001$")
        self.assertRegex(ends[2], r"^\d\d/2031/0001$")
        self.assertEqual(ends[0], "2031/0001")
        # who works in the whole company sees its branches, not the other way round
        self.assertFalse(offers.search([("company_id", "=", self.company.id)]))
        self.offer_manager.company_ids |= branches
        boss = self.env["gestor.offer"].with_user(self.offer_manager)
        boss = boss.with_context(allowed_company_ids=(self.company | branches).ids)
        self.assertIn(offer.id, boss.search([]).ids)
