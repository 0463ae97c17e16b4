from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorCallListsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallScreen(GestorCallListsCommon):
    def test_card_tells_all_in_one_request(self):
        self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": self.first.id, "phone": "22 100 00 00"}
        )
        answer = self._open(self.anna)
        card = answer["card"]
        self.assertEqual(
            [phone["number"] for phone in card["phones"]],
            ["600 100 100", "22 100 00 00"],
        )
        self.assertEqual(card["phones"][0]["href"], "tel:600100100")
        self.assertTrue(card["facts"])
        results = answer["head"]["results"]
        self.assertEqual(
            [result["key"] for result in results],
            [str(n) for n in range(1, len(results) + 1)],
        )

    def test_served_client_counts_and_the_next_one_comes(self):
        card = self._open(self.anna)["card"]
        answer = self._serve(self.anna, card, "talked", note="Likes it", seconds=75)
        row = self._row(self.first)
        self.assertTrue(row.is_served)
        self.assertEqual(row.served_by_id, self.anna)
        self.assertEqual(
            (row.result_id, row.note), (self.results["talked"], "Likes it")
        )
        self.assertEqual(answer["card"]["partner_id"], self.second.id)
        progress = answer["progress"]
        self.assertEqual((progress["served"], progress["total"]), (1, 4))
        self.assertEqual(progress["today"], 1)
        self.assertEqual(self.calls.progress_percent, 25)
        self.assertEqual(self.calls.state, "in_progress")
        attempt = self.env["gestor.call.attempt"].search([("row_id", "=", row.id)])
        self.assertEqual((attempt.hour, attempt.seconds), (13, 75))

    def test_no_answer_comes_back_later(self):
        card = self._open(self.anna)["card"]
        self._serve(self.anna, card, "no_answer")
        row = self._row(self.first)
        self.assertFalse(row.is_served)
        self.assertEqual(
            row.call_again_at, fields.Datetime.to_datetime("2026-11-27 14:00:00")
        )
        self._screen(self.anna).release(self._open(self.anna)["card"]["row_id"])
        with freeze_time("2026-11-27 14:01:00"):
            card = self._open(self.anna)["card"]
            self.assertEqual(card["partner_id"], self.first.id)
            self.assertEqual(card["call_count"], 1)

    def test_chosen_time_goes_before_that_of_the_result(self):
        card = self._open(self.anna)["card"]
        self._serve(self.anna, card, "no_answer", call_again_at="2026-12-01 09:00:00")
        self.assertEqual(
            self._row(self.first).call_again_at,
            fields.Datetime.to_datetime("2026-12-01 09:00:00"),
        )

    def test_wrong_number_is_to_be_checked_until_there_is_a_new_one(self):
        self._serve(self.anna, self._open(self.anna)["card"], "wrong_number")
        self.assertTrue(self.first.gestor_is_phone_to_check)
        check = self.env.ref("gestor_call_lists.gestor_data_check_phone")
        check._refresh()
        issues = self.env["gestor.data.issue"].search([("check_id", "=", check.id)])
        self.assertIn(self.first, issues.partner_id)
        self.first.phone = "600 999 999"
        self.assertFalse(self.first.gestor_is_phone_to_check)

    def test_who_asks_not_to_be_called_is_left_out_elsewhere(self):
        self._serve(self.anna, self._open(self.anna)["card"], "do_not_call")
        calls = self._create_calls(self.first)
        self.assertFalse(self._open(self.piotr, calls)["card"])
        self.assertIn(self.first.id, self.first._gestor_contact_refusals("phone"))
        self.assertFalse(self.first._gestor_contact_refusals("letter", "business"))

    def test_undo_gives_everything_back(self):
        card = self._open(self.anna)["card"]
        shown = self._serve(self.anna, card, "do_not_call", note="Angry")["card"]
        answer = self._screen(self.anna).undo(self.calls.id, shown["row_id"])
        row = self._row(self.first)
        self.assertEqual(answer["card"]["row_id"], row.id)
        self.assertFalse(row.is_served or row.result_id or row.note or row.call_count)
        self.assertFalse(row.served_by_id or row.served_at)
        self.assertFalse(self.first.gestor_is_phone_refused)
        self.assertEqual(row.claimed_by_id, self.anna)
        self.assertFalse(self._row(self.second).claimed_by_id)
        self.assertEqual(answer["progress"]["today"], 0)
        with self.assertRaisesRegex(UserError, "no call of yours"):
            self._screen(self.anna).undo(self.calls.id)

    def test_undo_leaves_what_a_colleague_did_since(self):
        self._serve(self.anna, self._open(self.anna)["card"], "no_answer")
        with freeze_time("2026-11-27 15:00:00"):
            self._screen(self.anna).release(self._open(self.anna)["card"]["row_id"])
            card = self._open(self.piotr)["card"]
            self.assertEqual(card["partner_id"], self.first.id)
            with self.assertRaisesRegex(UserError, "by somebody else"):
                self._screen(self.anna).undo(self.calls.id)
            self._serve(self.piotr, card, "talked")
            with self.assertRaisesRegex(UserError, "by somebody else"):
                self._screen(self.anna).undo(self.calls.id)

    def test_row_that_was_not_reserved_is_refused(self):
        row = self._row(self.second)
        with self.assertRaisesRegex(UserError, "taken over"):
            self._serve(self.anna, {"row_id": row.id}, "talked")
        self.assertFalse(row.is_served)

    def test_undo_keeps_what_was_typed(self):
        card = self._open(self.anna)["card"]
        self._serve(self.anna, card, "no_answer", note=" Wants a price ")
        answer = self._screen(self.anna).undo(self.calls.id)
        self.assertEqual(answer["card"]["note"], "Wants a price")

    def test_earlier_calls_of_colleagues_are_shown(self):
        card = self._open(self.anna)["card"]
        self._serve(self.anna, card, "no_answer", note="In a meeting")
        self._screen(self.anna).release(self._open(self.anna)["card"]["row_id"])
        with freeze_time("2026-11-27 14:01:00"):
            (call,) = self._open(self.piotr)["card"]["calls"]
        self.assertEqual(call["user"], self.anna.name)
        self.assertEqual((call["result"], call["note"]), ("No answer", "In a meeting"))

    def test_when_nobody_is_left_the_next_time_is_told(self):
        calls = self._create_calls(self.first)
        card = self._open(self.anna, calls)["card"]
        answer = self._serve(self.anna, card, "no_answer")
        self.assertIs(answer["card"], False)
        self.assertEqual(answer["progress"]["later"], 1)
        self.assertRegex(answer["progress"]["next_at"], r"\b(15|3):00")

    def test_more_results_than_digits_have_no_key(self):
        names = [{"name": f"R {n}", "kind": "phone"} for n in range(12)]
        self.env["gestor.activity.result"].create(names)
        keys = [row["key"] for row in self._open(self.anna)["head"]["results"]]
        self.assertEqual(keys[:9], list("123456789"))
        self.assertFalse(any(keys[9:]))
        self.assertGreaterEqual(len(keys), 12)

    def test_time_line_of_the_card_leaves_the_list_itself_out(self):
        work = self._create_activity(self.anna, partner_id=self.first.id)
        history = self._open(self.anna)["card"]["history"]
        shown = {(entry["model"], entry["id"]) for entry in history}
        self.assertIn((work._name, work.id), shown)
        self.assertNotIn((self.calls._name, self.calls.id), shown)

    def test_closed_list_is_refused(self):
        card = self._open(self.anna)["card"]
        self.calls.action_cancel()
        with self.assertRaises(UserError):
            self._serve(self.anna, card, "talked")

    def test_stranger_opens_nothing(self):
        stranger = self._create_user(
            "act_stranger", "gestor_activities.gestor_activities_group_own"
        )
        with self.assertRaises(AccessError):
            self._open(stranger)
        with self.assertRaises(AccessError):
            self._screen(stranger).release(self._row(self.first).id)

    def test_user_without_activities_opens_nothing(self):
        with self.assertRaises(AccessError):
            self._open(self.user)
