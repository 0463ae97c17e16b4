from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, GestorTimeCommon


@tagged("post_install", "-at_install")
class TestClock(GestorTimeCommon):
    def _at(self, minutes):
        return freeze_time(NOW + timedelta(minutes=minutes))

    def test_user_starts_pauses_and_goes_on_and_only_work_counts(self):
        clock = self._clock()
        with self._at(0):
            shown = clock.clock_start(self.activity.id)
            self.assertEqual(shown["entry"]["state"], "running")
            self.assertEqual(shown["entry"]["client"], "Alfa")
        with self._at(30):
            shown = clock.clock_pause()
            self.assertEqual(shown["entry"]["state"], "paused")
            self.assertEqual(shown["entry"]["elapsed"], 1800)
        with self._at(50):
            shown = clock.clock_resume()
            self.assertEqual(shown["entry"]["elapsed"], 1800)
        with self._at(65):
            self.assertEqual(clock.get_clock()["entry"]["elapsed"], 2700)
            self.assertFalse(clock.clock_stop()["entry"])
        entries = self._entries_of(self.activity)
        self.assertEqual(entries.mapped("hours"), [0.5, 0.25])
        self.assertEqual(set(entries.mapped("state")), {"closed"})
        self.assertFalse(any(entries.mapped("is_manual")))
        self.assertAlmostEqual(self.activity.spent_hours, 0.75)

    def test_user_starts_another_activity_and_the_first_stops(self):
        clock = self._clock()
        with self._at(0):
            self.activity.with_user(self.user).action_clock_start()
        with self._at(20):
            self.second.with_user(self.user).action_clock_start()
            shown = clock.get_clock()
        self.assertEqual(shown["entry"]["activity_id"], self.second.id)
        self.assertEqual(
            [row["activity_id"] for row in shown["recent"]], [self.activity.id]
        )
        self.assertRecordValues(
            self._entries_of(self.activity),
            [{"state": "closed", "stop_at": NOW + timedelta(minutes=20)}],
        )
        self.assertFalse(self.activity.with_user(self.user).clock_state)
        self.assertEqual(self.second.with_user(self.user).clock_state, "running")
        self.assertFalse(self.second.with_user(self.manager).clock_state)

    def test_starting_what_runs_changes_nothing(self):
        with self._at(0):
            self._clock().clock_start(self.activity.id)
        with self._at(5):
            self._clock().clock_start(self.activity.id)
        self.assertEqual(len(self._entries_of(self.activity)), 1)

    def test_clock_begins_the_activity_and_finishing_stops_all_clocks(self):
        self.activity.executor_ids = [(0, 0, {"user_id": self.other.id})]
        with self._at(0):
            self._clock().clock_start(self.activity.id)
            self.assertEqual(self.activity.state, "in_progress")
        with self._at(10):
            self._clock(self.other).clock_start(self.activity.id)
        with self._at(40):
            self.activity.with_user(self.user).action_finish()
        self.assertRecordValues(
            self.activity,
            [
                {
                    "state": "done",
                    "real_start_at": NOW,
                    "real_stop_at": NOW + timedelta(minutes=40),
                }
            ],
        )
        self.assertFalse(
            self._entries_of(self.activity).filtered(lambda e: e.state != "closed")
        )
        parts = {row.user_id: row.spent_hours for row in self.activity.executor_ids}
        self.assertAlmostEqual(parts[self.user], 40 / 60)
        self.assertAlmostEqual(parts[self.other], 0.5)

    def test_executor_who_is_done_stops_only_the_own_clock(self):
        self.activity.write(
            {"finish_rule": "all", "executor_ids": [(0, 0, {"user_id": self.other.id})]}
        )
        with self._at(0):
            self._clock().clock_start(self.activity.id)
            self._clock(self.other).clock_start(self.activity.id)
        with self._at(10):
            self.activity.with_user(self.other).action_finish()
        states = {e.user_id: e.state for e in self._entries_of(self.activity)}
        self.assertEqual(states, {self.user: "running", self.other: "closed"})

    def test_closed_activity_refuses_the_clock(self):
        self.activity.action_cancel()
        with self.assertRaises(UserError):
            self._clock().clock_start(self.activity.id)
        self.assertFalse(self._entries_of(self.activity))

    def test_user_may_not_start_what_he_may_not_read(self):
        with self.assertRaises(AccessError):
            self._clock().clock_start(self.foreign.id)

    def test_user_starts_a_new_task_by_its_subject(self):
        with self._at(0):
            shown = self._clock().clock_start_new("  Write to Alfa ")
        activity = self.env["gestor.activity"].browse(shown["entry"]["activity_id"])
        self.assertRecordValues(
            activity,
            [
                {
                    "name": "Write to Alfa",
                    "user_id": self.user.id,
                    "kind": "task",
                    "state": "in_progress",
                    "real_start_at": NOW,
                }
            ],
        )
        with self.assertRaises(UserError):
            self._clock().clock_start_new("  ")

    def test_user_who_was_away_leaves_the_time_out_and_goes_on(self):
        with self._at(0):
            self._clock().clock_start(self.activity.id)
        with self._at(60):
            self._clock().clock_leave_out(1800)
        first, second = self._entries_of(self.activity)
        self.assertEqual(first.stop_at, NOW + timedelta(minutes=30))
        self.assertEqual(second.start_at, NOW + timedelta(minutes=60))
        self.assertEqual(second.state, "running")

    def test_user_who_was_away_stops_at_the_last_moment_of_work(self):
        with self._at(0):
            self._clock().clock_start(self.activity.id)
        with self._at(60):
            self.assertFalse(self._clock().clock_leave_out(999999, False)["entry"])
        self.assertRecordValues(
            self._entries_of(self.activity), [{"state": "closed", "stop_at": NOW}]
        )

    def test_five_last_open_activities_are_offered(self):
        for number in range(7):
            activity = self._create_activity(self.user, name=f"Last {number}")
            start = datetime(2026, 11, 23, 8 + number)
            self._enter(self.user, activity, start, start + timedelta(minutes=5))
        activity.action_cancel()
        with self._at(0):
            names = [row["name"] for row in self._clock().get_clock()["recent"]]
        self.assertEqual(names, [f"Last {number}" for number in (5, 4, 3, 2, 1)])

    def test_two_people_have_two_clocks(self):
        with self._at(0):
            self._clock().clock_start(self.activity.id)
            self._clock(self.other).clock_start(self.foreign.id)
        self.assertTrue(self._clock().get_clock()["entry"])
        self.assertEqual(
            self._clock(self.other).get_clock()["entry"]["activity_id"], self.foreign.id
        )

    def test_page_of_the_user_begins_with_the_clock(self):
        with self._at(0):
            self._clock().clock_start(self.activity.id)
        found = self._clock()._prepare_clock(self._clock()._get_own_clock())
        self.assertEqual(found["entry"]["name"], "First")
        self.assertEqual(found["idle_minutes"], 15)

    def test_opening_starts_the_clock_of_who_wants_it(self):
        self.startPatcher(self._at(0))
        clock = self._clock()
        self.assertFalse(clock.clock_open(self.activity.id)["entry"])
        self.user.with_user(self.user).gestor_is_clock_automatic = True
        entry = clock.clock_open(self.activity.id)["entry"]
        self.assertEqual(entry["activity_id"], self.activity.id)
        entry = clock.clock_open(self.second.id)["entry"]
        self.assertEqual(entry["activity_id"], self.second.id)
        # what was started by hand, or paused, runs on
        clock.clock_start(self.activity.id)
        for method in ("get_clock", "clock_pause"):
            getattr(clock, method)()
            entry = clock.clock_open(self.second.id)["entry"]
            self.assertEqual(entry["activity_id"], self.activity.id)

    def test_opening_starts_no_clock_on_what_is_not_due(self):
        self.startPatcher(self._at(0))
        self.user.gestor_is_clock_automatic = True
        self.leader.gestor_is_clock_automatic = True
        day = NOW + timedelta(days=3)
        later = self._create_activity(
            self.user,
            planned_start_at=day,
            planned_stop_at=day + timedelta(hours=1),
        )
        done = self._create_activity(self.user)
        done.action_cancel()
        clock = self._clock()
        for activity in (later, done, self.foreign):
            self.assertFalse(clock.clock_open(activity.id)["entry"])
        self.assertFalse(self._clock(self.leader).clock_open(self.activity.id)["entry"])
        self.assertFalse(clock.clock_open(0)["entry"])
