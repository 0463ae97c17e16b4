from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import NOW, SeriesCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSeriesMaking(SeriesCommon):
    """Which occurrences a series makes, and when."""

    def test_user_makes_series_and_has_its_activities(self):
        series = self._create_series(
            client_ids=[Command.create({"partner_id": self.client.id})],
            executor_user_ids=[Command.set([self.anna.id, self.piotr.id])],
            duration_hours=1.5,
        )
        activities = series.activity_ids.sorted("planned_start_at")
        self.assertEqual(
            self._days(series), ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]
        )
        first = activities[0]
        self.assertRecordValues(
            first,
            [
                {
                    "name": "Monday meeting",
                    "user_id": self.anna.id,
                    "partner_id": self.client.id,
                    "planned_start_at": datetime(2026, 10, 26, 8, 0),
                    "planned_stop_at": datetime(2026, 10, 26, 9, 30),
                    "state": "planned",
                    "series_day": date(2026, 10, 26),
                }
            ],
        )
        self.assertEqual(first.executor_ids.user_id, self.anna | self.piotr)
        self.assertEqual(len(set(activities.mapped("number"))), 4)

    def test_user_repeats_an_activity_which_becomes_the_first(self):
        activity = self._create_activity(
            executor_ids=[
                Command.create({"user_id": self.piotr.id}),
                Command.create({"user_id": self.anna.id}),
            ],
            client_ids=[Command.create({"partner_id": self.client.id})],
        )
        action = activity.action_series_repeat()
        model = self.env[action["res_model"]].with_user(self.anna)
        with Form(model.with_context(**action["context"])) as form:
            self.assertTrue(form.mon)
            form.cycle_end = "count"
            form.cycle_count = 3
        series = form.record
        self.assertIn(activity, series.activity_ids)
        self.assertEqual(len(series.activity_ids), 3)
        for occurrence in series.activity_ids:
            self.assertEqual(occurrence.executor_ids.user_id, self.anna | self.piotr)
            self.assertEqual(occurrence.partner_id, self.client)

    def test_hour_on_the_clock_stays_over_both_changes_of_time(self):
        series = self._create_series(
            cycle_start_at=datetime(2026, 10, 19, 7, 0),
            cycle_end="until",
            cycle_until="2027-04-06",
            cycle_on_holiday="keep",
        )
        zone = {}
        for activity in series.activity_ids:
            zone[str(activity.series_day)] = activity.planned_start_at.hour
        self.assertEqual(zone["2026-10-19"], 7)
        self.assertEqual(zone["2026-10-26"], 8)
        self.assertEqual(zone["2027-03-22"], 8)
        self.assertEqual(zone["2027-03-29"], 7)

    def test_night_of_the_change_ends_as_the_clock_says(self):
        series = self._create_series(
            cycle_frequency="daily",
            cycle_start_at=datetime(2026, 10, 23, 20, 0),
            duration_hours=8,
            cycle_count=3,
        )
        hours = [
            (a.planned_stop_at - a.planned_start_at).total_seconds() / 3600
            for a in series.activity_ids.sorted("series_day")
        ]
        self.assertEqual(hours, [8, 9, 8])

    def test_hour_that_does_not_exist_is_no_error(self):
        series = self._create_series(
            cycle_frequency="daily",
            cycle_start_at=datetime(2027, 3, 27, 1, 30),
            duration_hours=0.5,
            cycle_count=2,
        )
        night = self._at(series, "2027-03-28")
        self.assertGreaterEqual(night.planned_stop_at, night.planned_start_at)
        self.assertEqual(night.planned_start_at, datetime(2027, 3, 28, 1, 30))

    def test_holidays_are_skipped_or_moved(self):
        """11 November 2026 is a Wednesday; Christmas Eve is a holiday since 2025."""
        cases = {
            "keep": "2026-11-11",
            "skip": None,
            "before": "2026-11-10",
            "after": "2026-11-12",
        }
        for treatment, day in cases.items():
            with self.subTest(treatment=treatment):
                series = self._create_series(
                    mon=False,
                    wed=True,
                    cycle_start_at=datetime(2026, 11, 4, 8, 0),
                    cycle_count=2,
                    cycle_on_holiday=treatment,
                )
                expected = ["2026-11-04", day] if day else ["2026-11-04"]
                self.assertEqual(self._days(series), expected)
        series = self._create_series(
            cycle_frequency="daily",
            cycle_start_at=datetime(2026, 12, 23, 8, 0),
            cycle_count=2,
            cycle_on_holiday="skip",
        )
        self.assertEqual(self._days(series), ["2026-12-23"])

    def test_day_off_of_the_company_counts_as_a_holiday(self):
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Bridge",
                    "company_id": self.company.id,
                    "calendar_id": False,
                    "date_from": datetime(2026, 11, 1, 23, 0),
                    "date_to": datetime(2026, 11, 2, 22, 59),
                },
                {
                    "name": "Afternoon off",
                    "company_id": self.company.id,
                    "calendar_id": False,
                    "date_from": datetime(2026, 11, 9, 12, 0),
                    "date_to": datetime(2026, 11, 9, 16, 0),
                },
            ]
        )
        series = self._create_series(cycle_on_holiday="after")
        self.assertEqual(
            self._days(series), ["2026-10-26", "2026-11-03", "2026-11-09", "2026-11-16"]
        )

    def test_skipped_dates_have_no_activity_and_come_back(self):
        series = self._create_series(
            skip_ids=[Command.create({"day": "2026-11-02", "note": "Inventory"})]
        )
        self.assertEqual(self._days(series), ["2026-10-26", "2026-11-09", "2026-11-16"])
        series.skip_ids = [Command.create({"day": "2026-11-09"})]
        self.assertEqual(self._days(series), ["2026-10-26", "2026-11-16"])
        series.skip_ids = [Command.clear()]
        self.assertEqual(len(self._days(series)), 4)

    def test_deleted_occurrence_is_not_made_again(self):
        series = self._create_series(cycle_end="never")
        self._at(series, "2026-11-02").unlink()
        self.assertEqual(series.skip_ids.mapped("day"), [date(2026, 11, 2)])
        series.name = "Tuesday meeting"
        series.tue = True
        self.assertNotIn("2026-11-02", self._days(series))
        self.assertIn("2026-11-03", self._days(series))

    def test_series_without_end_goes_on_by_itself(self):
        series = self._create_series(cycle_end="never")
        before = self._days(series)
        self.assertEqual(len(before), 52)
        with freeze_time("2027-06-01"):
            self.env["gestor.activity.series"]._cron_make_ahead()
            self.env["gestor.activity.series"]._cron_make_ahead()
        after = self._days(series)
        self.assertEqual(len(after), len(set(after)))
        self.assertGreater(max(after), "2028-05-01")
        self.assertEqual(after[: len(before)], before)

    def test_cron_goes_on_with_the_others_if_one_fails(self):
        broken, good = (self._create_series(cycle_end="never") for _n in range(2))
        count = len(good.activity_ids)
        self.env.cr.execute(
            "UPDATE gestor_activity_series SET timezone = 'Mars/North' WHERE id = %s",
            [broken.id],
        )
        self.env.invalidate_all()
        with (
            freeze_time("2027-06-01"),
            self.assertLogs("odoo.addons.gestor_activity_series", "ERROR"),
        ):
            self.env["gestor.activity.series"]._cron_make_ahead()
        self.assertGreater(len(good.activity_ids), count)

    def test_series_of_forty_years_is_made_as_time_goes_by(self):
        series = self._create_series(
            cycle_frequency="monthly", cycle_end="until", cycle_until="2066-10-01"
        )
        self.assertFalse(series.is_complete)
        self.assertLess(len(series.activity_ids), 62)
        self.assertEqual(series.made_until, date(2031, 10, 24))

    def test_series_with_an_end_is_complete_at_once(self):
        series = self._create_series(cycle_frequency="daily", cycle_count=400)
        self.assertTrue(series.is_complete)
        self.assertEqual(len(series.activity_ids), 400)

    def test_senseless_series_are_refused_with_a_reason(self):
        cases = [
            ({"cycle_end": "until", "cycle_until": "2026-10-25"}, "before the first"),
            ({"cycle_start_at": datetime(1986, 1, 6, 8, 0)}, "check the year"),
            ({"cycle_start_at": datetime(2066, 1, 6, 8, 0)}, "check the year"),
            ({"mon": False}, "days of the week"),
            ({"cycle_interval": 0}, "every 1 or more"),
            ({"cycle_count": 0}, "how many times"),
            ({"duration_hours": 9000}, "a year at most"),
            (
                {"mon": False, "sat": True, "cycle_on_weekend": "skip"},
                "no date",
            ),
        ]
        before = self.env["gestor.activity"].search_count([])
        for vals, message in cases:
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex((UserError, ValidationError), message),
                self.env.cr.savepoint(),
            ):
                self._create_series(**vals)
        self.assertEqual(self.env["gestor.activity"].search_count([]), before)

    def test_preview_and_sentence_follow_the_form(self):
        series = self.env["gestor.activity.series"].with_user(self.anna)
        with Form(series) as form:
            form.name = "Planning"
            form.cycle_start_at = datetime(2026, 10, 26, 8, 0)
            self.assertIn("days of the week", form.preview)
            form.mon = True
            self.assertEqual(len(form.preview.split("\n")), 10)
            self.assertIn("26", form.preview.split("\n")[0])
            self.assertIn("Every week, Monday", form.sentence)

    def test_polish_user_reads_the_sentence_in_polish(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        series = self._create_series().with_context(lang="pl_PL")
        self.assertIn("Co tydzień", series.sentence)
        self.assertIn("poniedziałek", series.preview.lower())

    def test_polish_user_reads_the_cycle_in_polish(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.anna.lang = "pl_PL"
        for model in ("gestor.activity.series", "gestor.recurrence.mixin"):
            fields_ = self.env[model].with_user(self.anna).with_context(lang="pl_PL")
            shown = {
                name: dict(fields_._fields[name]._description_selection(fields_.env))
                for name in fields_._fields
                if name.startswith("cycle_")
                and fields_._fields[name].type == "selection"
            }
            self.assertEqual(shown["cycle_month"]["1"], "Styczeń")
            self.assertEqual(shown["cycle_weekday"]["0"], "Poniedziałek")
            english = self.env[model].with_context(lang="en_US")
            for name, labels in shown.items():
                for value, label in english._fields[name]._description_selection(
                    english.env
                ):
                    self.assertNotEqual(labels[value], label)
