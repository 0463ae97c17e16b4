from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestBookingSeries(GestorResourcesCommon):
    @classmethod
    def _create_series(cls, user=None, **vals):
        return (
            cls.env["gestor.booking.series"]
            .with_user(user or cls.anna)
            .create(
                {
                    "name": "Meeting",
                    "resource_id": cls.van.id,
                    "duration_hours": 1,
                    "cycle_start_at": at(9),
                    "cycle_frequency": "weekly",
                    "mon": True,
                    "cycle_end": "count",
                    "cycle_count": 4,
                    **vals,
                }
            )
        )

    def test_four_mondays_are_booked(self):
        series = self._create_series()
        series.action_book()
        self.assertEqual(
            sorted(series.booking_ids.mapped("start_at")),
            [at(9, day) for day in (0, 7, 14, 21)],
        )
        self.assertEqual(set(series.booking_ids.mapped("state")), {"confirmed"})

    def test_taken_occurrence_is_named_and_the_others_booked(self):
        self._book(self.piotr, start=9, stop=10, day=7)
        series = self._create_series()
        series.action_book()
        self.assertEqual(len(series.booking_ids), 3)
        body = series.message_ids[0].body
        self.assertIn("Booked: 3", body)
        self.assertIn(self.piotr.name, body)

    def test_hour_stays_over_the_clock_change(self):
        self.env.company.partner_id.tz = "Europe/Warsaw"
        series = self._create_series(
            cycle_start_at=at(9).replace(month=10, day=19, year=2027),
            cycle_frequency="daily",
            cycle_count=14,
        )
        with freeze_time("2027-10-01"):
            series.action_book()
        self.assertEqual(
            {moment.hour for moment in series.booking_ids.mapped("start_at")},
            {9, 10},
        )

    def test_series_without_end_goes_on_by_itself(self):
        series = self._create_series(cycle_end="never", cycle_count=0)
        series.action_book()
        first = len(series.booking_ids)
        self.assertEqual(first, 52)
        with freeze_time("2027-08-01"):
            self.env["gestor.booking.series"]._cron_book_ahead()
            self.env["gestor.booking.series"]._cron_book_ahead()
        moments = series.booking_ids.mapped("start_at")
        self.assertGreater(len(moments), first)
        self.assertEqual(len(moments), len(set(moments)))

    def test_following_ones_are_cancelled(self):
        series = self._create_series()
        series.action_book()
        with freeze_time("2026-12-10"):
            series.action_cancel_following()
        self.assertEqual(
            sorted(series.booking_ids.mapped("state")),
            ["cancelled", "cancelled", "confirmed", "confirmed"],
        )
        self.assertFalse(series.active)

    def test_cycle_without_end_or_days_is_refused(self):
        with self.assertRaises(ValidationError):
            self._create_series(cycle_end=False)
        with self.assertRaises(ValidationError):
            self._create_series(mon=False)

    def test_stranger_cancels_nothing(self):
        series = self._create_series()
        series.action_book()
        with self.assertRaises(AccessError):
            series.with_user(self.piotr).action_cancel_following()
