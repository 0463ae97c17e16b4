from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestBooking(GestorResourcesCommon):
    # === Taken is taken ===

    def test_user_books_a_free_car(self):
        booking = self._book()
        self.assertEqual(booking.state, "confirmed")
        self.assertEqual(booking.hours, 2)
        # sudo: the slots are technical
        slot = self.env["gestor.booking.slot"].search([("booking_id", "=", booking.id)])
        self.assertRecordValues(
            slot, [{"unit": 1, "start_at": at(8), "stop_at": at(10)}]
        )

    def test_user_is_refused_what_is_taken_and_told_a_way_out(self):
        self._book(self.piotr)
        booking = self._create_booking(start=9, stop=11)
        with self.assertRaises(UserError) as caught:
            booking.action_confirm()
        message = str(caught.exception)
        self.assertIn("Van is taken", message)
        self.assertIn(self.piotr.name, message)
        self.assertIn("Free from", message)
        self.assertIn("Truck", message)

    def test_bookings_that_touch_do_not_collide(self):
        self._book()
        self.assertEqual(self._book(start=10, stop=12).state, "confirmed")
        self.assertEqual(self._book(start=6, stop=8).state, "confirmed")

    def test_break_between_bookings_is_kept(self):
        self.van.buffer_minutes = 30
        self._book()
        with self.assertRaises(UserError):
            self._book(start=10, stop=12)
        self.assertEqual(
            self._book(start_at=at(10, minute=30), stop=12).state, "confirmed"
        )

    def test_draft_and_cancelled_hold_nothing(self):
        self._create_booking()
        first = self._book()
        first.action_cancel()
        self.assertEqual(self._book().state, "confirmed")
        first.action_draft()
        with self.assertRaises(UserError):
            first.action_confirm()

    def test_many_are_confirmed_at_once_or_none(self):
        free = self._create_booking(start=12, stop=13)
        both = self._create_booking() | self._create_booking(start=9, stop=10)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (free | both).action_confirm()
        self.env.invalidate_all()
        self.assertEqual(set((free | both).mapped("state")), {"draft"})

    def test_moved_booking_takes_its_new_time_only(self):
        booking = self._book()
        booking.write({"start_at": at(12), "stop_at": at(14)})
        self.assertEqual(self._book(self.piotr).state, "confirmed")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            booking.write({"start_at": at(9), "stop_at": at(11)})
        self.env.invalidate_all()
        self.assertEqual(booking.start_at, at(12))

    def test_bookings_change_places_when_moved_together(self):
        first, second = self._book(), self._book(start=10, stop=12)
        places = {
            first.id: {"start_at": at(10), "stop_at": at(12)},
            second.id: {"start_at": at(8), "stop_at": at(10)},
        }
        (first | second)._reschedule(places)
        self.assertEqual((first | second).mapped("start_at"), [at(10), at(8)])
        self._book(self.piotr, start=14, stop=15)
        places = {first.id: {"start_at": at(13), "stop_at": at(15)}}
        with self.assertRaises(UserError), self.env.cr.savepoint():
            first._reschedule(places)
        self.env.invalidate_all()
        self.assertEqual(first.start_at, at(10))

    def test_user_confirms_many_in_as_many_queries(self):
        def count(number, day):
            bookings = self.env["gestor.booking"].with_user(self.anna)
            for hour in range(number):
                bookings |= self._create_booking(
                    start_at=at(0, day) + timedelta(hours=hour),
                    stop_at=at(1, day) + timedelta(hours=hour),
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            bookings.action_confirm()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2, day=1)
        self.assertLessEqual(count(40, day=10), count(4, day=20) + 2)

    # === Units ===

    def test_three_projectors_go_to_three_people(self):
        for user in (self.anna, self.piotr, self.desk):
            self._book(user, resource_id=self.projector.id)
        with self.assertRaises(UserError):
            self._book(self.chief, resource_id=self.projector.id)

    def test_two_of_three_are_booked_together(self):
        self._book(resource_id=self.projector.id, quantity=2)
        with self.assertRaises(UserError):
            self._book(resource_id=self.projector.id, quantity=2)
        self.assertEqual(self._book(resource_id=self.projector.id).state, "confirmed")

    def test_more_units_than_there_are_is_refused(self):
        with self.assertRaises(ValidationError):
            self._create_booking(resource_id=self.projector.id, quantity=4)

    # === Bad input ===

    @mute_logger("odoo.sql_db")
    def test_end_before_start_is_refused(self):
        with self.assertRaisesRegex(Exception, "gestor_booking_check_period|has to be"):
            self._create_booking(start=10, stop=8)

    def test_forty_years_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "a year at most"):
            self._create_booking(stop_at=at(10).replace(year=2066))

    def test_retired_resource_is_refused(self):
        self.van.active = False
        with self.assertRaisesRegex(UserError, "retired"):
            self._create_booking()

    def test_too_short_and_too_long_are_refused(self):
        self.van.write({"min_hours": 2, "max_hours": 4})
        with self.assertRaisesRegex(ValidationError, "at least"):
            self._create_booking(stop=9)
        with self.assertRaisesRegex(ValidationError, "at most"):
            self._create_booking(stop=13)
        self.assertTrue(self._create_booking(stop=11))

    def test_too_far_ahead_is_refused(self):
        self.van.days_ahead = 5
        with self.assertRaisesRegex(UserError, "can be booked until"):
            self._create_booking()
        self.van.days_ahead = 7
        self.assertTrue(self._create_booking())

    def test_other_groups_are_refused(self):
        group = self.env["res.groups"].create({"name": "Drivers"})
        self.van.group_ids = group
        with self.assertRaisesRegex(AccessError, "other groups"):
            self._create_booking()
        self.anna.group_ids = [(4, group.id)]
        self.assertTrue(self._create_booking())

    def test_outside_working_hours_is_refused(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Eight to four", "tz": "UTC", "hours_per_day": 8}
        )
        self.van.write(
            {"is_in_working_hours": True, "calendar_id": calendar.id, "tz": "UTC"}
        )
        with self.assertRaisesRegex(UserError, "working hours"):
            self._create_booking(start=20, stop=22)
        self.assertTrue(self._create_booking(start=8, stop=10))

    # === Approval ===

    def test_keeper_approves_before_the_car_is_given(self):
        self.van.write({"is_approval_required": True, "keeper_id": self.piotr.id})
        booking = self._book()
        self.assertEqual(booking.state, "requested")
        self.assertEqual(booking.sudo().activity_ids.user_id, self.piotr)
        with self.assertRaises(UserError):
            self._book(self.desk)
        with self.assertRaises(AccessError):
            booking.action_approve()
        booking.with_user(self.piotr).action_approve()
        self.assertEqual(booking.state, "confirmed")
        self.assertFalse(booking.sudo().activity_ids)

    def test_nobody_writes_the_approval_himself(self):
        self.van.is_approval_required = True
        booking = self._book()
        with self.assertRaises(AccessError):
            booking.write({"state": "confirmed"})
        with self.assertRaises(AccessError):
            self._create_booking(start=12, stop=13, state="confirmed")

    def test_moved_booking_asks_again(self):
        self.van.write({"is_approval_required": True, "keeper_id": self.piotr.id})
        booking = self._book()
        booking.with_user(self.piotr).action_approve()
        booking.write({"start_at": at(12), "stop_at": at(13)})
        self.assertEqual(booking.state, "requested")

    def test_keeper_refuses_a_request(self):
        self.van.write({"is_approval_required": True, "keeper_id": self.piotr.id})
        booking = self._book()
        booking.with_user(self.piotr).action_cancel()
        self.assertEqual(booking.state, "cancelled")

    def test_wrong_step_is_refused(self):
        booking = self._create_booking()
        for step in ("approve", "take"):
            with self.subTest(step=step), self.assertRaises(UserError):
                getattr(booking, f"action_{step}")()

    # === Screens ===

    def test_form_proposes_an_end(self):
        with Form(self.env["gestor.booking"].with_user(self.anna)) as form:
            form.name = "Fair"
            form.resource_id = self.van
            form.start_at = at(14)
            self.assertEqual(form.stop_at, at(15))
            form.start_at = at(16)
            self.assertEqual(form.stop_at, at(17))

    def test_booking_stands_in_the_time_line_of_the_client(self):
        client = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        booking = self._book(partner_id=client.id)
        page = (
            self.env["gestor.history"]
            .with_user(self.anna)
            .get_page(client.id, {}, None)
        )
        self.assertIn(
            ("gestor.booking", booking.id),
            [(entry["model"], entry["id"]) for entry in page["entries"]],
        )
