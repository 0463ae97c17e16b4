from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestBookingCalendar(GestorResourcesCommon):
    def _get_items(self, user=None, **filters):
        bookings = self.env["gestor.booking"].with_user(user or self.anna)
        domain = bookings._gestor_calendar_filter_domain(**filters)
        items = bookings._gestor_calendar_items(at(0), at(0, day=1), domain)
        return {item["id"]: item for item in items}

    def test_booking_stands_in_the_calendar_with_its_resource(self):
        mine, theirs = self._book(), self._book(self.piotr, start=12, stop=13)
        self._book(day=1)
        items = self._get_items(resource_ids=self.van.ids)
        self.assertEqual(items.keys(), {mine.id, theirs.id})
        self.assertTrue(items[mine.id]["can_move"])
        self.assertFalse(items[theirs.id]["can_move"])
        self.assertEqual(items[mine.id]["resource_ids"], self.van.ids)
        self.assertEqual(self._get_items(user_ids=self.piotr.ids).keys(), {theirs.id})
        self.assertFalse(self._get_items(resource_ids=self.truck.ids))

    def test_move_in_the_calendar_keeps_the_rules(self):
        mine, theirs = self._book(), self._book(self.piotr, start=12, stop=13)
        mine._gestor_calendar_move(at(14), at(16))
        self.assertEqual(mine.start_at, at(14))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            mine._gestor_calendar_move(at(12), at(14))
        with self.assertRaises(AccessError):
            theirs.with_user(self.anna)._gestor_calendar_move(at(8), at(9))

    def test_day_screen_gives_ends_and_cancels(self):
        first, second, third = (self._book(day=day) for day in (0, 1, 2))
        first._gestor_calendar_cancel()
        second.with_user(self.desk)._gestor_calendar_delegate(self.piotr)
        third._gestor_calendar_finish()
        self.assertEqual(second.user_id, self.piotr)
        self.assertEqual((first | third).mapped("state"), ["cancelled", "returned"])
        items = self._get_items()
        self.assertEqual(items[first.id]["state"], "cancelled")
        with self.assertRaises(UserError):
            third._gestor_calendar_delegate(self.anna)

    def test_car_with_a_meter_is_returned_on_its_form(self):
        self.van.has_meter = True
        with self.assertRaisesRegex(UserError, "meter"):
            self._book()._gestor_calendar_finish()

    def test_month_of_bookings_costs_the_same_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_items()
            return self.env.cr.sql_log_count - before

        for hour in range(3):
            self._book(start=hour, stop=hour + 1)
        few = count()
        for hour in range(3, 20):
            self._book(start=hour, stop=hour + 1)
        self.assertLessEqual(count(), few)
