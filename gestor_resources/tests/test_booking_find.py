from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestBookingFind(GestorResourcesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.tz = "Europe/Warsaw"

    def _find(self, user=None, **vals):
        find = (
            self.env["gestor.booking.find"]
            .with_user(user or self.anna)
            .create(
                {
                    "kind_id": self.kind.id,
                    "date_start": date(2026, 11, 30),
                    "days": 1,
                    "capacity": 0,
                    **vals,
                }
            )
        )
        find.action_search()
        return [(line.resource_id.name, line.start_at) for line in find.line_ids]

    def test_user_gets_the_first_time_of_each_resource(self):
        self._book(self.piotr, start=6, stop=10)
        found = dict(self._find(duration_hours=2))
        self.assertEqual(found["Van"], at(10))
        # eight in Warsaw is seven in UTC
        self.assertEqual(found["Truck"], at(7))

    def test_break_after_the_booking_has_to_be_free_too(self):
        self.van.buffer_minutes = 60
        self._book(self.piotr, start=9, stop=16)
        self.assertNotIn("Van", dict(self._find(duration_hours=2)))
        self.assertEqual(dict(self._find(duration_hours=1))["Van"], at(7))

    def test_rules_of_the_resource_are_kept(self):
        self.van.min_hours = 3
        self.truck.group_ids = [
            Command.link(self.env.ref("gestor_resources.gestor_resources_group_all").id)
        ]
        self.assertEqual(list(dict(self._find())), ["Projector"])
        self.assertIn("Truck", dict(self._find(self.desk)))
        self.assertEqual(list(dict(self._find(quantity=2))), ["Projector"])

    def test_weekend_is_left_out_unless_wanted(self):
        saturday = {"date_start": date(2026, 11, 28), "days": 2}
        self.assertFalse(self._find(**saturday))
        self.assertTrue(self._find(**saturday, has_weekends=True))

    def test_booking_over_days_begins_in_the_hours(self):
        found = dict(self._find(duration_hours=48))
        self.assertEqual(found["Van"], at(7))

    def test_past_is_not_proposed_and_starts_are_on_a_quarter(self):
        with freeze_time("2026-11-30 09:05:00"):
            self.assertEqual(dict(self._find())["Van"], datetime(2026, 11, 30, 9, 15))

    def test_clock_change_keeps_the_hours_of_the_day(self):
        found = self._find(date_start=date(2027, 3, 26), days=4, duration_hours=9)
        starts = [start for name, start in found if name == "Van"]
        self.assertEqual(
            starts, [datetime(2027, 3, 26, 7), datetime(2027, 3, 29, 6)], "summer time"
        )

    @mute_logger("odoo.sql_db")
    def test_nonsense_is_refused(self):
        for vals in ({"days": 0}, {"days": 400}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self._find(**vals)
        for vals in ({"hour_from": 18}, {"duration_hours": 0}, {"quantity": 0}):
            with (
                self.subTest(vals=vals),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._find(**vals)

    def test_user_books_a_proposal(self):
        find = (
            self.env["gestor.booking.find"]
            .with_user(self.anna)
            .create({"kind_id": self.kind.id, "date_start": date(2026, 11, 30)})
        )
        find.action_search()
        line = find.line_ids[0]
        context = line.action_book()["context"]
        booking = (
            self.env["gestor.booking"]
            .with_user(self.anna)
            .with_context(**context)
            .create({"name": "Fair"})
        )
        booking.action_confirm()
        self.assertRecordValues(
            booking,
            [{"resource_id": line.resource_id.id, "start_at": line.start_at}],
        )
        viewer = self._create_user("find_viewer", "gestor_base.gestor_base_group_user")
        with self.assertRaises(UserError):
            self.env["gestor.booking.find"].with_user(viewer).create(
                {"kind_id": self.kind.id}
            )

    def test_search_costs_the_same_for_many_resources(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._find(quantity=1, days=5)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self._create_resources(*(f"Car {number}" for number in range(40)))
        self.assertLessEqual(count(), few + 2)
