from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW

from .common import GestorCallListsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSecurity(GestorCallListsCommon):
    def test_who_has_no_activities_has_no_calls(self):
        self._assert_rights(
            {
                "gestor.call.attempt": {},
                "gestor.call.list.make": {},
            }
        )

    def test_calls_are_written_by_the_screen_only(self):
        self._serve(self.anna, self._open(self.anna)["card"], "talked")
        attempt = self.env["gestor.call.attempt"].search(
            [("activity_id", "=", self.calls.id)]
        )
        for user in (self.anna, self.chief):
            with self.assertRaises(AccessError):
                attempt.with_user(user).write({"note": "Changed"})
            with self.assertRaises(AccessError):
                attempt.with_user(user).unlink()
            with self.assertRaises(AccessError):
                attempt.with_user(user).read(["previous"])

    def test_user_sees_own_calls_and_the_desk_all(self):
        self._serve(self.anna, self._open(self.anna)["card"], "talked")
        calls = self.env["gestor.call.attempt"]
        mine = [("activity_id", "=", self.calls.id)]
        self.assertEqual(calls.with_user(self.anna).search_count(mine), 1)
        self.assertEqual(calls.with_user(self.piotr).search_count(mine), 0)
        self.assertEqual(calls.with_user(self.desk).search_count(mine), 1)

    def test_calls_of_a_private_list_stay_with_its_people(self):
        self.calls.is_private = True
        self._serve(self.anna, self._open(self.anna)["card"], "talked")
        calls = self.env["gestor.call.attempt"]
        mine = [("activity_id", "=", self.calls.id)]
        self.assertEqual(calls.with_user(self.desk).search_count(mine), 0)
        self.assertEqual(calls.with_user(self.chief).search_count(mine), 1)
