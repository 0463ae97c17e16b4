from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GestorOfferProcessesCommon

REPORTS = ("gestor.offer.report", "gestor.offer.report.line")


@tagged("post_install", "-at_install")
class TestReportSecurity(GestorOfferProcessesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_offer = cls._create_offer()
        cls.other_offer = cls._create_offer(user_id=cls.other_salesperson.id)
        cls.env.flush_all()

    def _seen(self, model, user, **context):
        model = self.env[model].with_user(user).with_context(**context)
        return model.search([]).offer_id

    def test_own_level_sees_own_offers(self):
        for report in REPORTS:
            seen = self._seen(report, self.salesperson)
            self.assertIn(self.own_offer, seen)
            self.assertNotIn(self.other_offer, seen)

    def test_participant_sees_the_offer_he_takes_part_in(self):
        self.other_offer.gestor_participant_ids = [
            Command.create({"user_id": self.salesperson.id})
        ]
        self.env.flush_all()
        for report in REPORTS:
            self.assertIn(self.other_offer, self._seen(report, self.salesperson))

    def test_manager_sees_all_of_his_companies(self):
        company = self.env["res.company"].create(
            {"name": "Second", "currency_id": self.company.currency_id.id}
        )
        foreign = self._create_offer(
            company_id=company.id,
            user_id=False,
            order_ids=[
                Command.create(self._prepare_variant_vals(company_id=company.id))
            ],
        )
        self.env.flush_all()
        for report in REPORTS:
            seen = self._seen(report, self.offer_manager)
            self.assertIn(self.own_offer, seen)
            self.assertIn(self.other_offer, seen)
            self.assertNotIn(foreign, seen)
        self.offer_manager.company_ids = [Command.link(company.id)]
        ids = [company.id]
        for report in REPORTS:
            seen = self._seen(report, self.offer_manager, allowed_company_ids=ids)
            self.assertEqual(seen, foreign)

    def test_user_without_offers_sees_no_report(self):
        user = new_test_user(
            self.env, "gestor_no_offers", "gestor_base.gestor_base_group_user"
        )
        for report in REPORTS:
            with self.assertRaises(AccessError):
                self._seen(report, user)

    def test_nobody_writes_a_report(self):
        row = self.env["gestor.offer.report"].with_user(self.offer_manager)
        with self.assertRaises(AccessError):
            row.search([], limit=1).write({"state": "draft"})
