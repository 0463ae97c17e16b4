import doctest

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib import load
from .common import ActivityResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestActivityBooking(ActivityResourcesCommon):
    def test_resource_is_booked_for_the_time_of_the_activity(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        self.assertRecordValues(
            activity.booking_ids,
            [{"state": "confirmed", "start_at": at(8), "stop_at": at(10)}],
        )
        activity.resource_ids = False
        self.assertEqual(activity.booking_ids.state, "cancelled")

    def test_bookings_move_with_the_activity_or_nothing_moves(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        activity.write({"planned_start_at": at(12), "planned_stop_at": at(15)})
        self.assertRecordValues(
            activity.booking_ids, [{"start_at": at(12), "stop_at": at(15)}]
        )
        self._book(self.piotr, start=16, stop=18)
        with self.assertRaisesRegex(UserError, "Van is taken"):
            with self.env.cr.savepoint():
                activity.write({"planned_start_at": at(16), "planned_stop_at": at(19)})
        self.env.invalidate_all()
        self.assertEqual(activity.planned_start_at, at(12))

    def test_cancelling_frees_and_finishing_ends_bookings(self):
        first = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        second = self._create_activity(resource_ids=[(6, 0, self.truck.ids)])
        first.action_cancel()
        self.assertEqual(first.booking_ids.state, "cancelled")
        with freeze_time("2026-11-30 09:00:00"):
            second._gestor_finish("done")
        self.assertRecordValues(
            second.booking_ids, [{"state": "returned", "stop_at": at(9)}]
        )

    def test_batch_names_what_was_refused(self):
        self._book(self.piotr, day=1)
        activities = self._create_activity() | self._create_activity(day=1)
        refused = activities._gestor_book(self.van)
        self.assertEqual([activity for activity, *_rest in refused], [activities[1]])
        self.assertTrue(activities[0].booking_ids)

    def test_private_activity_is_not_told_by_its_booking(self):
        activity = self._create_activity(
            is_private=True, resource_ids=[(6, 0, self.van.ids)]
        )
        booking = activity.booking_ids.with_user(self.piotr)
        self.assertNotIn("Visit", booking.display_name)
        self.assertNotIn("Visit", booking.sudo().activity_id.display_name)

    def test_examples_of_the_library_hold(self):
        result = doctest.testmod(load)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)
