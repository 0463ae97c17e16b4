from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorCallListsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallClaim(GestorCallListsCommon):
    def test_two_users_get_different_clients(self):
        anna, piotr = self._open(self.anna), self._open(self.piotr)
        self.assertEqual(anna["card"]["partner_id"], self.first.id)
        self.assertEqual(piotr["card"]["partner_id"], self.second.id)

    def test_user_who_reloads_gets_the_same_client(self):
        self._open(self.anna)
        self.assertEqual(self._open(self.anna)["card"]["partner_id"], self.first.id)

    def test_forgotten_client_comes_to_another_user(self):
        card = self._open(self.anna)["card"]
        with freeze_time("2026-11-27 12:09:00"):
            self._screen(self.anna).keep(card["row_id"])
        with freeze_time("2026-11-27 12:18:00"):
            other = self._open(self.piotr)["card"]
            self.assertEqual(other["partner_id"], self.second.id)
            self._screen(self.piotr).release(other["row_id"])
        with freeze_time("2026-11-27 12:20:00"):
            self.assertEqual(
                self._open(self.piotr)["card"]["partner_id"], self.first.id
            )
            with self.assertRaisesRegex(UserError, "taken over"):
                self._serve(self.anna, card, "talked")

    def test_due_call_again_goes_first(self):
        self._row(self.third).call_again_at = fields.Datetime.now() - timedelta(hours=1)
        self._row(self.first).call_again_at = fields.Datetime.now() + timedelta(hours=1)
        self.assertEqual(self._open(self.anna)["card"]["partner_id"], self.third.id)
        self.assertEqual(self._open(self.piotr)["card"]["partner_id"], self.second.id)

    def test_client_out_of_contact_hours_comes_last_with_a_warning(self):
        self._set_closed_hours(self.first)
        self.assertEqual(self._open(self.anna)["card"]["partner_id"], self.second.id)
        self._open(self.piotr)
        card = self._open(self.desk)["card"]
        self.assertEqual(card["partner_id"], self.first.id)
        self.assertTrue(card["warnings"])

    def test_skipped_client_comes_after_the_others(self):
        card = self._open(self.anna)["card"]
        answer = self._screen(self.anna).skip(card["row_id"])
        self.assertEqual(answer["card"]["partner_id"], self.second.id)
        self._open(self.piotr)
        self.assertEqual(self._open(self.desk)["card"]["partner_id"], self.first.id)

    def test_client_of_a_colleague_is_not_offered(self):
        calls = self._create_calls(self.clients[:3], share="equal")
        people = calls.client_ids.assigned_user_id
        self.assertEqual(people, self.anna | self.piotr)
        partners = []
        card = self._open(self.anna, calls)["card"]
        while card:
            partners.append(card["partner_id"])
            card = self._serve(self.anna, card, "talked")["card"]
        mine = calls.client_ids.filtered(lambda r: r.assigned_user_id == self.anna)
        self.assertEqual(partners, mine.partner_id.ids)

    def test_refused_and_phoneless_clients_are_left_out_with_the_reason(self):
        self.first.gestor_is_phone_refused = True
        card = self._open(self.anna)["card"]
        self.assertEqual(card["partner_id"], self.second.id)
        self.assertEqual(self._row(self.first).skip_reason, "Asked not to be called")
        self.assertEqual(self._row(self.silent).skip_reason, "No phone number")
        action = self.calls.with_user(self.anna).action_gestor_left_out()
        rows = self.env["gestor.activity.client"].search(action["domain"])
        self.assertEqual(rows.partner_id, self.first | self.silent)
        self._row(self.first).with_user(self.anna).action_gestor_put_back()
        self.assertFalse(self._row(self.first).skip_reason)

    def test_many_refused_clients_do_not_hide_the_next_one(self):
        refused = self.env["res.partner"].create(
            [
                {"name": f"R {n}", "phone": "1234567", "gestor_is_phone_refused": True}
                for n in range(30)
            ]
        )
        calls = self._create_calls(refused | self.first)
        answer = self._open(self.anna, calls)
        self.assertEqual(answer["card"]["partner_id"], self.first.id)
        self.assertEqual(answer["progress"]["left_out"], 30)
