from datetime import datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TestGestorCommon


@tagged("post_install", "-at_install")
class TestCalendarDay(TestGestorCommon):
    """Things of an outside addon on the Day screen, and moving many of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.anna | cls.bolek).tz = "Europe/Warsaw"

    @classmethod
    def _create_visit(cls, user, start, stop=None, **vals):
        return cls.env["test.gestor.visit"].create(
            {
                "name": "Visit",
                "user_id": user.id,
                "start_at": start,
                "stop_at": stop or start,
                **vals,
            }
        )

    @property
    def _days(self):
        days = self.env["gestor.calendar.day"].with_user(self.anna)
        return days.with_context(tz="Europe/Warsaw")

    def _pairs(self, visits):
        return [[visit._name, visit.id] for visit in visits]

    def _get_visits(self, day, **filters):
        items = self._days.get_day(day, filters)
        return [item for item in items if item["model"] == "test.gestor.visit"]

    def test_day_begins_at_midnight_of_the_user(self):
        """22:30 UTC in summer is the next day in Warsaw."""
        visit = self._create_visit(self.anna, "2026-05-11 22:30:00")
        self._create_visit(self.anna, "2026-05-12 22:30:00")
        items = self._get_visits("2026-05-12")
        self.assertEqual([item["id"] for item in items], visit.ids)
        self.assertEqual(items[0]["people"], self.anna.name)
        self.assertEqual(items[0]["kind_label"], "Visit")

    def test_hours_stay_over_both_clock_changes(self):
        autumn = self._create_visit(
            self.anna, "2026-10-24 08:00:00", "2026-10-24 09:00:00"
        )
        spring = self._create_visit(
            self.anna, "2026-03-28 09:00:00", "2026-03-28 10:00:00"
        )
        result = self._days.shift(self._pairs(autumn | spring), days=1)
        self.assertEqual(result, {"done": 2, "failed": []})
        # 10:00 in Warsaw, before and after
        self.assertEqual(autumn.start_at, datetime(2026, 10, 25, 9))
        self.assertEqual(spring.start_at, datetime(2026, 3, 29, 8))
        self.assertEqual(spring.stop_at, datetime(2026, 3, 29, 9))

    def test_skipped_hour_becomes_the_next_one(self):
        visit = self._create_visit(self.anna, "2026-03-28 01:30:00")
        self._days.shift(self._pairs(visit), days=1)
        # 2:30 does not exist on that day: half past three
        self.assertEqual(visit.start_at, datetime(2026, 3, 29, 1, 30))

    def test_weekend_and_holiday_are_left_out(self):
        calendar = self.anna.company_id.resource_calendar_id
        calendar.tz = "Europe/Warsaw"
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": "2026-05-10 22:00:00",
                "date_to": "2026-05-11 21:59:59",
            }
        )
        # a Friday
        visit = self._create_visit(self.anna, "2026-05-08 08:00:00")
        self._days.shift(self._pairs(visit), days=1, skip_free=True)
        self.assertEqual(visit.start_at, datetime(2026, 5, 12, 8))
        self._days.shift(self._pairs(visit), days=-1, skip_free=True)
        self.assertEqual(visit.start_at, datetime(2026, 5, 8, 8))
        self._days.shift(self._pairs(visit), day="2026-05-09", skip_free=True)
        self.assertEqual(visit.start_at, datetime(2026, 5, 12, 8))
        self._days.shift(self._pairs(visit), day="2026-05-09")
        self.assertEqual(visit.start_at, datetime(2026, 5, 9, 8))

    def test_what_cannot_be_done_is_told_and_the_rest_is_done(self):
        mine = self._create_visit(self.anna, "2026-05-12 08:00:00", name="Mine")
        done = self._create_visit(
            self.anna, "2026-05-12 09:00:00", name="Done", state="done"
        )
        theirs = self._create_visit(self.bolek, "2026-05-12 10:00:00", name="Theirs")
        private = self._create_visit(
            self.bolek, "2026-05-12 11:00:00", name="Secret", is_private=True
        )
        result = self._days.shift(self._pairs(mine | done | theirs | private), days=2)
        self.assertEqual(result["done"], 1)
        self.assertEqual(
            [row["title"] for row in result["failed"]], ["Done", "Theirs", "Busy"]
        )
        self.assertEqual(mine.start_at, datetime(2026, 5, 14, 8))
        self.assertEqual(done.start_at, datetime(2026, 5, 12, 9))
        self.assertEqual(theirs.start_at, datetime(2026, 5, 12, 10))

    def test_many_are_delegated_finished_and_cancelled(self):
        first = self._create_visit(self.anna, "2026-05-12 08:00:00")
        second = self._create_visit(self.anna, "2026-05-12 09:00:00")
        pairs = self._pairs(first | second)
        self.assertEqual(self._days.finish(pairs[:1])["done"], 1)
        cancelled = self._days.cancel(pairs)
        self.assertEqual(cancelled["done"], 1)
        self.assertIn("done already", cancelled["failed"][0]["reason"])
        self.assertEqual((first | second).mapped("state"), ["done", "cancelled"])
        self.assertEqual(self._days.delegate(pairs, self.bolek.id)["done"], 2)
        self.assertEqual((first | second).user_id, self.bolek)

    def test_portal_user_gets_nothing_to_do(self):
        visit = self._create_visit(self.anna, "2026-05-12 08:00:00")
        portal = self._create_user("portal", groups="base.group_portal")
        with self.assertRaisesRegex(UserError, "Choose a colleague"):
            self._days.delegate(self._pairs(visit), portal.id)

    def test_other_company_is_left_out(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self._create_visit(self.anna, "2026-05-12 08:00:00", company_id=company.id)
        self.assertFalse(self._get_visits("2026-05-12"))
        self.anna.company_ids |= company
        days = self._days.with_context(
            allowed_company_ids=[self.anna.company_id.id, company.id]
        )
        items = days.get_day("2026-05-12")
        self.assertEqual(
            [item["model"] for item in items if item["model"].startswith("test")],
            ["test.gestor.visit"],
        )

    def test_bad_input_is_refused(self):
        visit = self._create_visit(self.anna, "2026-05-12 08:00:00")
        for args in (
            {},
            {"day": "12.05.2026"},
            {"days": 4000},
        ):
            with self.subTest(args=args), self.assertRaises(UserError):
                self._days.shift(self._pairs(visit), **args)
        with self.assertRaises(UserError):
            self._days.finish([])

    def test_default_says_that_a_kind_cannot_do_it(self):
        paper = self._create_visit(self.anna, "2026-05-12 08:00:00")
        mixin = self.env.registry["gestor.calendar.mixin"]
        for method in ("_gestor_calendar_finish", "_gestor_calendar_cancel"):
            with self.assertRaisesRegex(UserError, "open it instead"):
                getattr(mixin, method)(paper)

    def test_resources_and_people_are_laid_over_each_other(self):
        country = self.env.ref("base.pl")
        with_car = self._create_visit(
            self.bolek,
            "2026-05-12 08:00:00",
            vehicle_ids=[Command.set(country.ids)],
        )
        mine = self._create_visit(self.anna, "2026-05-12 09:00:00")
        self._create_visit(self.bolek, "2026-05-12 10:00:00")
        items = self._get_visits(
            "2026-05-12", user_ids=self.anna.ids, resource_ids=country.ids
        )
        self.assertEqual([item["id"] for item in items], [with_car.id, mine.id])
        self.assertEqual(items[0]["resource_ids"], country.ids)
