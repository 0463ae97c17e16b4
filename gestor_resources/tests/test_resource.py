from datetime import timedelta

import pytz
from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 09:00:00")
class TestResource(GestorResourcesCommon):
    def test_resource_begins_with_the_rules_of_its_kind(self):
        self.kind.write({"buffer_minutes": 15, "max_hours": 8})
        resource = self._create_resources("Bus", max_hours=4)
        self.assertRecordValues(
            resource,
            [{"buffer_minutes": 15, "max_hours": 4, "resource_type": "material"}],
        )

    def test_resource_shows_until_when_it_is_taken(self):
        self.assertTrue(self.van.is_available)
        self._book()
        self.env.invalidate_all()
        self.assertFalse(self.van.is_available)
        self.assertIn("Taken until", self.van.availability)
        free = self.env["gestor.resource"].search([("is_available", "=", True)])
        self.assertNotIn(self.van, free)
        self.assertIn(self.truck, free)

    def test_busy_time_is_merged_and_aware(self):
        self._book(start=12, stop=13)
        self._book(self.piotr, start=13, stop=14)
        start, stop = pytz.utc.localize(at(0)), pytz.utc.localize(at(23))
        busy = (self.van | self.truck)._gestor_busy_intervals(start, stop)
        self.assertEqual(list(busy), [self.van.id])
        self.assertEqual(
            [(begin, end) for begin, end, _records in busy[self.van.id]],
            [(pytz.utc.localize(at(12)), pytz.utc.localize(at(14)))],
        )
        with self.assertRaises(ValidationError):
            self.van._gestor_busy_intervals(stop, start)

    def test_next_free_time_leaves_room(self):
        self._book(start=10, stop=12)
        self._book(start=13, stop=15)
        found = (self.van | self.truck)._gestor_next_free(at(10), timedelta(hours=2))
        self.assertEqual(found, {self.van.id: at(15), self.truck.id: at(10)})

    def test_busy_time_costs_as_much_for_many(self):
        many = self._create_resources(*(f"Car {number}" for number in range(50)))
        self.env.flush_all()

        def count(resources):
            before = self.env.cr.sql_log_count
            resources._get_busy(at(0), at(23))
            return self.env.cr.sql_log_count - before

        few = count(many[:3])
        self.env.invalidate_all()
        self.assertLessEqual(count(many), few + 1)

    def test_units_that_are_booked_stay(self):
        for user in (self.anna, self.piotr):
            self._book(user, resource_id=self.projector.id, day=1)
        self.projector.quantity = 2
        with self.assertRaises(ValidationError):
            self.projector.quantity = 1

    def test_booked_resource_is_archived_not_deleted(self):
        self._create_booking()
        with self.assertRaises(ValidationError):
            self.van.unlink()
        host = self.truck.resource_id
        self.truck.unlink()
        self.assertFalse(host.exists())

    def test_resource_is_found_by_its_mark(self):
        self.van.symbol = "KR 77777"
        resources = self.env["gestor.resource"].with_user(self.anna)
        self.assertEqual(
            [hit["id"] for hit in resources._gestor_search_hits("KR 77777", 5)],
            [self.van.id],
        )
