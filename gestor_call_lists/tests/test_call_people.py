from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorCallListsCommon

ADVERTISING = {"call_purpose": "marketing"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallPeople(GestorCallListsCommon):
    """Who calls instead of whom, for which company, and who has not agreed."""

    def _substitute(self, user):
        self.env["gestor.substitution"].create(
            {
                "user_id": self.anna.id,
                "substitute_id": user.id,
                "date_from": "2026-11-26",
                "date_to": "2026-11-28",
            }
        )

    def test_substitute_calls_the_clients_of_who_is_away(self):
        self.first.user_id = self.anna
        calls = self._create_activity(
            self.anna, self.anna, kind="phone", is_call_list=True, finish_rule="all"
        )
        calls._gestor_add_call_clients(self.first, "guardian")
        self.assertEqual(calls.client_ids.assigned_user_id, self.anna)
        self._substitute(self.piotr)
        card = self._open(self.piotr, calls)["card"]
        self.assertEqual(card["partner_id"], self.first.id)
        self._serve(self.piotr, card, "talked")
        self.assertEqual(self._row(self.first, calls).served_by_id, self.piotr)

    def test_substitute_of_another_day_is_offered_nothing(self):
        calls = self._create_calls(self.first, share="guardian")
        calls.client_ids.assigned_user_id = self.anna
        self._substitute(self.piotr)
        with freeze_time("2026-12-01 12:00:00"):
            self.assertFalse(self._open(self.piotr, calls)["card"])

    def test_list_of_one_company_is_called_with_its_results(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.anna.company_ids |= other
        own = self.env["gestor.activity.result"].create(
            [
                {"name": name, "kind": "phone", "company_id": company.id}
                for name, company in (("Here", self.env.company), ("There", other))
            ]
        )
        calls = self._create_calls(self.first, company_id=other.id)
        screen = self._screen(self.anna).with_context(
            allowed_company_ids=(self.env.company | other).ids
        )
        results = {row["id"] for row in screen.open(calls.id)["head"]["results"]}
        self.assertIn(own[1].id, results)
        self.assertNotIn(own[0].id, results)

    def test_client_of_a_foreign_company_is_not_found_by_the_exchange(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.first.company_id = other
        incoming = self.env["gestor.incoming.call"]
        found = incoming._get_callers(self.env.company, self.first.phone)
        self.assertNotIn(self.first, found)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallConsents(GestorCallListsCommon):
    """Advertising by phone goes to who has agreed to it in that company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "gestor.consent.type" not in cls.env:
            cls.skipTest(cls, "no register of consents")
        cls.env["gestor.consent.type"].search([]).active = False
        cls.by_phone = cls._create_type()

    @classmethod
    def _create_type(cls, **vals):
        return cls.env["gestor.consent.type"].create(
            {
                "name": "Calls",
                "is_marketing": True,
                "is_phone": True,
                "version_ids": [Command.create({"text": "<p>Call me</p>"})],
                **vals,
            }
        )

    def _agree(self, partner, kind):
        self.env["gestor.consent"]._gestor_record(partner, kind, "given", "form", {})

    def test_advertising_leaves_out_who_has_not_agreed(self):
        self._agree(self.second, self.by_phone)
        calls = self._create_calls(self.clients[:2], **ADVERTISING)
        answer = self._open(self.anna, calls)
        self.assertEqual(answer["card"]["partner_id"], self.second.id)
        self.assertFalse(answer["card"]["warnings"])
        self.assertTrue(self._row(self.first, calls).skip_reason)
        self.assertEqual(answer["progress"]["left_out"], 1)

    def test_matter_of_business_is_called_with_a_warning(self):
        card = self._open(self.anna)["card"]
        self.assertEqual(card["partner_id"], self.first.id)
        self.assertIn("No advertising", card["warnings"][0])

    def test_consent_for_another_company_is_none(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.by_phone.company_id = self.env.company
        theirs = self._create_type(company_id=other.id)
        self._agree(self.first, theirs)
        self._agree(self.second, self.by_phone)
        self.anna.company_ids |= other
        calls = self._create_calls(self.clients[:2], company_id=other.id, **ADVERTISING)
        screen = self._screen(self.anna).with_context(
            allowed_company_ids=(self.env.company | other).ids
        )
        card = screen.open(calls.id)["card"]
        self.assertEqual(card["partner_id"], self.first.id)
        self.assertTrue(self._row(self.second, calls).skip_reason)
