import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon

from .common import at

RACES = 100


@tagged("post_install", "-at_install", "gestor_race")
class TestBookingRace(GestorRaceCommon):
    """Two people book at the same instant, in transactions of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._transaction() as env:
            kind = env["gestor.resource.kind"].create({"name": "Race"})
            cars = env["gestor.resource"].create(
                [
                    {"name": "Race car", "kind_id": kind.id},
                    {"name": "Race set", "kind_id": kind.id, "quantity": 2},
                ]
            )
            cls.kind_id, (cls.car_id, cls.set_id) = kind.id, cars.ids
        cls.addClassCleanup(cls._clean)

    @classmethod
    def _clean(cls):
        with cls._transaction() as env:
            resources = env["gestor.resource"].browse((cls.car_id, cls.set_id))
            bookings = env["gestor.booking"].search(
                [("resource_id", "in", resources.ids)]
            )
            bookings.action_cancel()
            bookings.unlink()
            resources.unlink()
            env["gestor.resource.kind"].browse(cls.kind_id).unlink()

    def _race_for_resource(self, resource_id, day):
        """Let two people book the same time; return what became of each."""

        def book(env):
            booking = env["gestor.booking"].create(
                {
                    "name": "Racer",
                    "resource_id": resource_id,
                    "start_at": at(8, day),
                    "stop_at": at(10, day),
                }
            )
            booking.action_confirm()
            return "booked"

        results = self._race(book, book)
        return sorted(
            "refused" if isinstance(result, UserError) else result for result in results
        )

    def test_one_of_two_gets_the_car(self):
        for day in range(RACES):
            with self.subTest(day=day):
                self.assertEqual(
                    self._race_for_resource(self.car_id, day), ["booked", "refused"]
                )

    def test_both_get_a_unit_where_there_are_two(self):
        for day in range(5):
            with self.subTest(day=day):
                self.assertEqual(
                    self._race_for_resource(self.set_id, day), ["booked", "booked"]
                )

    @mute_logger("odoo.sql_db")
    def test_database_refuses_an_overlap_by_itself(self):
        with self._transaction() as env:
            booking = env["gestor.booking"].create(
                {
                    "name": "First",
                    "resource_id": self.car_id,
                    "start_at": at(8, 100),
                    "stop_at": at(10, 100),
                }
            )
            booking.action_confirm()
            env.flush_all()
            with self.assertRaises(psycopg2.errors.ExclusionViolation):
                env.cr.execute(
                    "INSERT INTO gestor_booking_slot"
                    " (booking_id, resource_id, unit, start_at, stop_at)"
                    " SELECT booking_id, resource_id, unit, start_at, stop_at"
                    " FROM gestor_booking_slot WHERE booking_id = %s",
                    (booking.id,),
                )
            env.cr.rollback()
