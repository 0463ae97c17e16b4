from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import NOW, GestorTimeCommon


@tagged("post_install", "-at_install")
class TestTimeEntry(GestorTimeCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))

    def _hour(self, number, minute=0):
        return datetime(2026, 11, 24, number, minute)

    def test_user_enters_time_by_hand(self):
        entry = self._enter(self.user, self.activity, self._hour(8), self._hour(9, 30))
        self.assertRecordValues(
            entry,
            [
                {
                    "hours": 1.5,
                    "state": "closed",
                    "is_manual": True,
                    "partner_id": self.client_a.id,
                    "kind": "task",
                }
            ],
        )
        self.assertEqual(self.activity.state, "in_progress")
        self.assertEqual(self.activity.real_start_at, self._hour(8))

    def test_real_times_follow_an_entry_of_a_finished_activity(self):
        self.activity.with_user(self.user).action_finish()
        entry = self._enter(self.user, self.activity, self._hour(7), self._hour(9))
        self.assertEqual(self.activity.real_start_at, self._hour(7))
        self.assertEqual(self.activity.real_stop_at, self._hour(9))
        entry.stop_at = self._hour(8)
        self.assertEqual(self.activity.real_stop_at, self._hour(8))

    def test_wrong_times_are_refused(self):
        bad = {
            "future": (self._hour(9), self._hour(11)),
            "too long": (NOW - timedelta(hours=24, seconds=1), NOW),
        }
        for name, times in bad.items():
            with self.subTest(name), self.assertRaises(ValidationError):
                self._enter(self.user, self.activity, *times)
        with self.assertRaises(UserError):
            self._enter(self.user, self.activity, self._hour(8), False)
        self.assertFalse(self._entries_of(self.activity))
        self._enter(self.user, self.activity, NOW - timedelta(hours=24), NOW)

    def test_overlap_with_an_own_entry_is_told_and_allowed(self):
        self._enter(self.user, self.second, self._hour(8), self._hour(9))
        self._enter(self.other, self.foreign, self._hour(7), self._hour(10))
        form = Form(self._clock().with_context(default_activity_id=self.activity.id))
        form.start_at = self._hour(9)
        form.stop_at = self._hour(10)
        self.assertFalse(form.overlap_warning)
        form.start_at = self._hour(8, 30)
        self.assertIn("Second", form.overlap_warning)
        self.assertTrue(form.save().overlap_warning)

    def test_user_who_types_the_end_of_a_running_entry_stops_the_clock(self):
        self._clock().clock_start(self.activity.id)
        entry = self._entries_of(self.activity).with_user(self.user)
        entry.start_at = self._hour(9)
        with self.assertRaises(UserError):
            entry.write({"stop_at": False})
        entry.stop_at = self._hour(9, 45)
        self.assertRecordValues(entry, [{"state": "closed", "hours": 0.75}])
        self.assertFalse(self._clock().get_clock()["entry"])

    def test_user_cannot_forge_what_the_clock_says(self):
        entry = self._enter(
            self.user,
            self.activity,
            self._hour(8),
            self._hour(9),
            state="paused",
            is_manual=False,
        )
        entry.write({"state": "paused", "is_manual": False})
        self.assertRecordValues(entry, [{"state": "closed", "is_manual": True}])

    def test_activity_with_time_is_not_deleted(self):
        self._enter(self.user, self.activity, self._hour(8), self._hour(9))
        with self.assertRaisesRegex(UserError, "Time was registered"):
            self.activity.unlink()
        self.second.unlink()
