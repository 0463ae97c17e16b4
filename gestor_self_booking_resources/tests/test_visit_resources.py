from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.gestor_self_booking.exceptions import SlotTakenError
from odoo.addons.gestor_self_booking.tests.common import (
    NOW,
    GestorSelfBookingCommon,
    at,
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVisitResources(GestorSelfBookingCommon):
    """A visit needs a person and a room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env["gestor.resource.kind"].create({"name": "Room"})
        cls.blue, cls.red = cls.env["gestor.resource"].create(
            [
                {"name": name, "symbol": name, "kind_id": kind.id}
                for name in ("1 blue", "2 red")
            ]
        )
        cls.page.resource_ids = cls.blue | cls.red

    def _hold(self, resource, start, hours=1):
        booking = self.env["gestor.booking"].create(
            {
                "name": "Held",
                "resource_id": resource.id,
                "start_at": start,
                "stop_at": start + timedelta(hours=hours),
            }
        )
        booking.action_confirm()
        self.env.flush_all()
        return booking

    def _bookings(self, visit):
        bookings = visit.activity_id.booking_ids
        return bookings.filtered(lambda booking: booking.state != "cancelled")

    def test_room_is_booked_with_the_visit(self):
        visit = self._book()
        self.assertRecordValues(
            self._bookings(visit),
            [
                {
                    "resource_id": self.blue.id,
                    "state": "confirmed",
                    "start_at": at(7),
                    "stop_at": at(8),
                    "user_id": self.anna.id,
                }
            ],
        )
        self.assertEqual(visit.resource_ids, self.blue)

    def test_second_person_gets_the_second_room_and_then_nothing_is_free(self):
        visits = self._book() + self._book(email="ola@nowy.example")
        rooms = visits.activity_id.booking_ids.resource_id
        self.assertEqual(
            (visits.user_id, rooms), (self.anna | self.piotr, self.blue | self.red)
        )
        self.assertNotIn(at(7), self._starts())

    def test_only_times_with_a_free_room_are_offered(self):
        self._hold(self.blue, at(7))
        self.assertIn(at(7), self._starts(), "the red one is free")
        self._hold(self.red, at(7))
        self.assertEqual(self._starts(), [at(8)])
        with self.assertRaises(SlotTakenError):
            self._book()
        self.assertFalse(self.bookings.search([("page_id", "=", self.page.id)]))

    def test_break_after_a_booking_is_kept(self):
        self.page.resource_ids = self.blue
        self.blue.buffer_minutes = 30
        self._hold(self.blue, at(8))
        # from seven the break would reach into the other booking
        self.assertEqual(self._starts(minutes=30), [at(7)])
        self.assertEqual(self._starts(), [])

    def test_room_out_of_use_is_not_offered(self):
        self.page.resource_ids = self.blue
        self.env["gestor.outage"].create(
            {
                "name": "Painting",
                "resource_id": self.blue.id,
                "start_at": at(6),
                "stop_at": at(8),
            }
        )
        self.env.flush_all()
        self.assertEqual(self._starts(), [at(8)])

    def test_room_moves_with_the_visit_and_another_takes_its_place(self):
        visit = self._book()
        self._hold(self.blue, at(8))
        self.assertIn(at(8), self._starts(skipped=visit.activity_id))
        visit._gestor_move(at(8))
        booking = self._bookings(visit)
        self.assertEqual((booking.resource_id, booking.start_at), (self.red, at(8)))
        self.env.flush_all()
        visit._gestor_move(at(7, day=1))
        self.assertEqual(self._bookings(visit).resource_id, self.red, "it is kept")

    def test_visit_may_move_into_its_own_time(self):
        self.page.resource_ids = self.blue
        visit = self._book()
        self.env.flush_all()
        visit._gestor_move(at(7) + timedelta(minutes=30))
        self.assertEqual(self._bookings(visit).start_at, visit.start_at)

    def test_refused_move_leaves_the_visit_as_it_was(self):
        self.page.resource_ids = self.blue
        visit = self._book()
        self._hold(self.blue, at(8))
        with self.assertRaises(SlotTakenError):
            visit._gestor_move(at(8))
        self.assertEqual(visit.start_at, at(7))
        self.assertEqual(self._bookings(visit).start_at, at(7))

    def test_cancelled_visit_frees_the_room(self):
        visit = self._book()
        visit._gestor_cancel("client")
        self.assertFalse(self._bookings(visit))
        self.env.flush_all()
        self.assertEqual(
            self._bookings(self._book(email="b@b.example")).resource_id, self.blue
        )

    def test_room_that_was_taken_at_this_instant_is_passed_over(self):
        self._hold(self.blue, at(7))
        free = {at(7): self.blue | self.red}
        with self._stale(free):
            visit = self._book()
        self.assertEqual(self._bookings(visit).resource_id, self.red)

    def test_visit_without_any_room_left_is_undone(self):
        for room in (self.blue, self.red):
            self._hold(room, at(7))
        partners = self.env["res.partner"].search_count([])
        with (
            self._stale({at(7): self.blue | self.red}),
            self.assertRaises(SlotTakenError),
        ):
            self._book()
        self.assertFalse(self.bookings.search([("page_id", "=", self.page.id)]))
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_page_without_resources_needs_none(self):
        self.page.resource_ids = False
        self.assertFalse(self._bookings(self._book()))

    def test_page_whose_rooms_are_all_retired_offers_nothing(self):
        (self.blue | self.red).active = False
        self.assertEqual(self._starts(), [])

    def test_room_of_another_company_is_refused(self):
        self.blue.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "another company"):
            self._create_page(slug="foreign", resource_ids=self.blue.ids)

    def test_queries_depend_neither_on_rooms_nor_on_days(self):
        kind = self.blue.kind_id
        rooms = self.env["gestor.resource"].create(
            [{"name": f"R{number}", "kind_id": kind.id} for number in range(20)]
        )
        counts = []
        two = self.blue | self.red
        for resources, days in ((two, 3), (two, 3), (rooms, 60)):
            self.page.write({"resource_ids": resources.ids, "max_days": days})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self.page._gestor_slots(60))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def _stale(self, free):
        """Let the engine see what was free before somebody else took it."""
        return patch.object(
            type(self.pages), "_get_free_resources", lambda *args, **kwargs: free
        )
