from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestPlan(GestorResourcesCommon):
    def _get_plan(self, user=None, **params):
        return (
            self.env["gestor.booking.plan"]
            .with_user(user or self.anna)
            .get_plan("2026-11-30 00:00:00", "2026-12-14 00:00:00", **params)
        )

    def test_plan_has_free_resources_and_says_what_is_mine(self):
        mine = self._book()
        theirs = self._book(self.piotr, start=12, stop=13)
        self._book(start=14, stop=15).action_cancel()
        plan = self._get_plan()
        self.assertLessEqual(
            {"Van", "Truck", "Projector"}, {row["name"] for row in plan["rows"]}
        )
        found = {
            booking["id"]: booking["is_movable"]
            for booking in plan["bookings"]
            if booking["resource_id"] == self.van.id
        }
        self.assertEqual(found, {mine.id: True, theirs.id: False})
        self.assertTrue(plan["can_book"])

    def test_plan_is_narrowed_by_kind_and_name(self):
        plan = self._get_plan(kind_id=self.kind.id, text="ruck")
        self.assertEqual([row["name"] for row in plan["rows"]], ["Truck"])

    def test_plan_costs_the_same_for_fifty_resources(self):
        many = self._create_resources(*(f"Car {number}" for number in range(50)))

        def count(resources):
            for resource in resources:
                self._book(resource_id=resource.id, day=resource.id % 7)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_plan()
            return self.env.cr.sql_log_count - before

        count(many[:1])
        few = count(many[1:4])
        self.assertLessEqual(count(many[4:]), few + 1)

    def test_second_of_two_who_drag_is_told_that_it_was_moved(self):
        booking = self._book()
        plan = self.env["gestor.booking.plan"].with_user(self.anna)
        seen = {
            "start_at": "2026-11-30 08:00:00",
            "stop_at": "2026-11-30 10:00:00",
            "resource_id": self.van.id,
        }
        there = ("2026-11-30 12:00:00", "2026-11-30 14:00:00", self.truck.id)
        plan.move_booking(booking.id, *there, seen)
        self.assertRecordValues(
            booking, [{"start_at": at(12), "resource_id": self.truck.id}]
        )
        later = ("2026-11-30 16:00:00", "2026-11-30 18:00:00", self.van.id)
        with self.assertRaisesRegex(UserError, "somebody else"):
            plan.move_booking(booking.id, *later, seen)
        self.assertEqual(booking.start_at, at(12))
        booking.action_cancel()
        booking.unlink()
        with self.assertRaisesRegex(UserError, "deleted"):
            plan.move_booking(booking.id, *later, seen)

    def test_stranger_does_not_drag_the_booking_of_somebody_else(self):
        booking = self._book(self.piotr)
        with self.assertRaises(AccessError):
            self.env["gestor.booking.plan"].with_user(self.anna).move_booking(
                booking.id, "2026-11-30 12:00:00", "2026-11-30 14:00:00", 0, {}
            )

    def test_nonsense_window_is_refused(self):
        plan = self.env["gestor.booking.plan"].with_user(self.anna)
        for stop in ("2026-11-29 00:00:00", "2036-11-29 00:00:00", False):
            with self.subTest(stop=stop), self.assertRaises(UserError):
                plan.get_plan("2026-11-30 00:00:00", stop)

    def test_portal_gets_no_plan(self):
        portal = new_test_user(self.env, "gestor_plan_p", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self._get_plan(portal)
