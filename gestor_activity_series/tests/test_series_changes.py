from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import NOW, SeriesCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSeriesChanges(SeriesCommon):
    """One, this and the following ones, all; what stays as it was."""

    def _hours(self, series):
        return [
            activity.planned_start_at.hour
            for activity in series.activity_ids.sorted("series_day")
        ]

    def test_one_changed_stays_changed(self):
        series = self._create_series()
        one = self._at(series, "2026-11-02")
        one.write({"name": "Other", "planned_start_at": datetime(2026, 11, 3, 12, 0)})
        self.assertTrue(one.is_series_exception)
        series.write({"name": "New name", "duration_hours": 2})
        self.assertEqual(one.name, "Other")
        self.assertEqual(one.planned_start_at, datetime(2026, 11, 3, 12, 0))
        names = set((series.activity_ids - one).mapped("name"))
        self.assertEqual(names, {"New name"})
        self.assertEqual(len(series.activity_ids), 4)

    def test_all_are_changed_from_one_but_not_those_done(self):
        series = self._create_series()
        done = self._at(series, "2026-10-26")
        done.action_finish()
        one = self._at(series, "2026-11-02")
        with Form(one) as form:
            form.name = "Renamed"
            form.series_scope = "all"
        self.assertEqual(done.name, "Monday meeting")
        self.assertEqual(series.name, "Renamed")
        self.assertFalse(one.is_series_exception)
        self.assertEqual(set((series.activity_ids - done).mapped("name")), {"Renamed"})

    def test_all_move_with_one(self):
        series = self._create_series()
        numbers = set(series.activity_ids.mapped("number"))
        self._at(series, "2026-11-02").write(
            {
                "planned_start_at": datetime(2026, 11, 3, 13, 0),
                "planned_stop_at": datetime(2026, 11, 3, 15, 0),
                "series_scope": "all",
            }
        )
        self.assertEqual(
            self._days(series), ["2026-10-27", "2026-11-03", "2026-11-10", "2026-11-17"]
        )
        self.assertTrue(series.tue)
        self.assertFalse(series.mon)
        self.assertEqual(self._hours(series), [13] * 4)
        self.assertEqual(set(series.activity_ids.mapped("number")), numbers)
        last = self._at(series, "2026-11-17")
        self.assertEqual(last.planned_stop_at, datetime(2026, 11, 17, 15, 0))

    def test_following_ones_become_a_series_of_their_own(self):
        series = self._create_series()
        self._at(series, "2026-11-09").write(
            {"name": "From now on", "series_scope": "following"}
        )
        self.assertEqual(self._days(series), ["2026-10-26", "2026-11-02"])
        self.assertEqual(set(series.activity_ids.mapped("name")), {"Monday meeting"})
        following = self.env["gestor.activity.series"].search(
            [("previous_id", "=", series.id)]
        )
        self.assertEqual(self._days(following), ["2026-11-09", "2026-11-16"])
        self.assertEqual(set(following.activity_ids.mapped("name")), {"From now on"})
        with freeze_time("2027-10-20"):
            self.env["gestor.activity.series"]._cron_make_ahead()
        self.assertEqual(len(series.activity_ids), 2)
        self.assertEqual(len(following.activity_ids), 2)

    def test_following_ones_of_an_endless_series_keep_the_rhythm(self):
        series = self._create_series(
            cycle_frequency="daily", cycle_interval=3, cycle_end="never"
        )
        days = self._days(series)
        one = self._at(series, days[5])
        one.write(
            {
                "planned_start_at": one.planned_start_at.replace(hour=14),
                "planned_stop_at": one.planned_stop_at.replace(hour=15),
                "series_scope": "following",
            }
        )
        following = one.series_id
        self.assertNotEqual(following, series)
        self.assertEqual(self._days(series) + self._days(following), days)
        local = {
            a.planned_start_at.hour + (a.series_day.isoformat() >= "2027-03-28")
            for a in following.activity_ids
        }
        self.assertLessEqual(local, {14, 15})

    def test_following_of_the_first_is_the_whole_series(self):
        series = self._create_series()
        self._at(series, "2026-10-26").write(
            {"name": "All", "series_scope": "following"}
        )
        self.assertEqual(set(series.activity_ids.mapped("name")), {"All"})
        self.assertEqual(len(series.activity_ids), 4)

    def test_split_where_a_holiday_moved_the_day(self):
        """11 November 2026 is a Wednesday and a holiday: it takes place on the 12th."""
        series = self._create_series(
            mon=False,
            wed=True,
            cycle_start_at=datetime(2026, 11, 4, 8, 0),
            cycle_end="never",
            cycle_on_holiday="after",
        )
        moved = self._at(series, "2026-11-12")
        moved.write({"name": "New", "series_scope": "following"})
        self.assertEqual(self._days(series), ["2026-11-04"])
        self.assertEqual(
            self._days(moved.series_id)[:3], ["2026-11-12", "2026-11-18", "2026-11-25"]
        )

    def test_people_and_clients_change_for_all(self):
        series = self._create_series(executor_user_ids=[Command.set(self.anna.ids)])
        one = self._at(series, "2026-11-02")
        one.write(
            {
                "executor_ids": [Command.create({"user_id": self.piotr.id})],
                "client_ids": [Command.create({"partner_id": self.client.id})],
                "series_scope": "all",
            }
        )
        for activity in series.activity_ids:
            self.assertEqual(activity.executor_ids.user_id, self.anna | self.piotr)
            self.assertEqual(activity.partner_id, self.client)

    def test_rule_changed_in_the_series_moves_the_rest(self):
        series = self._create_series(cycle_end="never")
        ids = set(series.activity_ids.ids)
        series.write({"mon": False, "fri": True})
        days = self._days(series)
        self.assertEqual(days[:2], ["2026-10-30", "2026-11-06"])
        self.assertTrue(all(datetime.fromisoformat(day).weekday() == 4 for day in days))
        self.assertGreaterEqual(len(ids & set(series.activity_ids.ids)), 51)

    def test_rule_changed_leaves_begun_and_changed_ones(self):
        series = self._create_series()
        begun = self._at(series, "2026-10-26")
        begun.action_start()
        changed = self._at(series, "2026-11-02")
        changed.name = "By hand"
        series.write({"mon": False, "fri": True})
        self.assertTrue({begun, changed} <= set(series.activity_ids))
        self.assertEqual(begun.planned_start_at, datetime(2026, 10, 26, 8, 0))
        self.assertEqual(changed.planned_start_at, datetime(2026, 11, 2, 8, 0))

    def test_monthly_rule_by_weekday_is_not_moved_from_one(self):
        series = self._create_series(
            cycle_frequency="monthly", cycle_pattern="weekday", cycle_nth=-1
        )
        one = series.activity_ids.sorted("series_day")[1]
        with self.assertRaisesRegex(UserError, "Change the rule"):
            one.write(
                {
                    "planned_start_at": datetime(2026, 12, 1, 8, 0),
                    "planned_stop_at": datetime(2026, 12, 1, 9, 0),
                    "series_scope": "all",
                }
            )

    def test_monthly_day_moves_with_one(self):
        series = self._create_series(
            cycle_frequency="monthly",
            cycle_day=10,
            cycle_start_at=datetime(2026, 11, 10, 8, 0),
            cycle_count=3,
        )
        self._at(series, "2026-12-10").write(
            {
                "planned_start_at": datetime(2026, 12, 12, 8, 0),
                "planned_stop_at": datetime(2026, 12, 12, 9, 0),
                "series_scope": "all",
            }
        )
        self.assertEqual(self._days(series), ["2026-11-12", "2026-12-12", "2027-01-12"])

    def test_cancelled_one_is_not_made_again(self):
        series = self._create_series(cycle_end="never")
        one = self._at(series, "2026-11-02")
        one.action_cancel()
        series.write({"name": "New", "duration_hours": 3})
        self.assertEqual(one.state, "cancelled")
        self.assertEqual(self._days(series).count("2026-11-02"), 1)

    def test_following_ones_are_cancelled(self):
        series = self._create_series()
        first, second, third, fourth = series.activity_ids.sorted("series_day")
        first.action_finish()
        fourth.name = "By hand"
        second.action_series_cancel_following()
        self.assertEqual(first.state, "done")
        self.assertFalse((second | third).exists())
        self.assertEqual(fourth.state, "cancelled")
        self.assertTrue(series.is_complete)
        with freeze_time("2026-12-20"):
            self.env["gestor.activity.series"]._cron_make_ahead()
        self.assertEqual(series.activity_ids, first | fourth)

    def test_whole_series_is_ended_and_done_ones_stay(self):
        series = self._create_series(cycle_end="never")
        done = self._at(series, "2026-10-26")
        done.action_finish()
        self._at(series, "2026-11-02").action_series_cancel_all()
        self.assertFalse(series.active)
        self.assertEqual(series.activity_ids, done)

    def test_series_with_history_is_not_deleted(self):
        series = self._create_series()
        self._at(series, "2026-10-26").action_finish()
        with self.assertRaisesRegex(UserError, "End it instead"):
            series.unlink()
        fresh = self._create_series()
        activities = fresh.activity_ids
        fresh.unlink()
        self.assertFalse(activities.exists())

    def test_plain_activity_is_none_of_it(self):
        activity = self._create_activity()
        activity.write({"name": "Changed", "series_scope": "all"})
        self.assertEqual(activity.name, "Changed")
        self.assertFalse(activity.is_series_exception)
