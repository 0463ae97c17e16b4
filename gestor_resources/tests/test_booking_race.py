from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError, ValidationError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service import model as service
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import mute_logger

from .common import at

RACES = 100


@tagged("post_install", "-at_install", "gestor_race")
class TestBookingRace(BaseCase):
    """Two people book at the same instant, in transactions of their own.

    What is written here is committed and removed again: a test transaction could not
    show it to the other one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
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
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            resources = env["gestor.resource"].browse((cls.car_id, cls.set_id))
            bookings = env["gestor.booking"].search(
                [("resource_id", "in", resources.ids)]
            )
            bookings.action_cancel()
            bookings.unlink()
            resources.unlink()
            env["gestor.resource.kind"].browse(cls.kind_id).unlink()

    def _race(self, resource_id, day):
        """Let two people book the same time; return what became of each."""
        start_together = Barrier(2)

        def book(number):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                # the snapshot of the transaction begins before the other one books
                env.cr.execute("SELECT 1")
                start_together.wait(timeout=20)

                def work():
                    booking = env["gestor.booking"].create(
                        {
                            "name": f"Racer {number}",
                            "resource_id": resource_id,
                            "start_at": at(8, day),
                            "stop_at": at(10, day),
                        }
                    )
                    booking.action_confirm()

                try:
                    service.retrying(work, env)
                except (UserError, ValidationError):
                    return "refused"
                return "booked"

        with (
            # the host waits up to two seconds before it tries again
            patch.object(service.random, "uniform", return_value=0),
            ThreadPoolExecutor(2) as pool,
        ):
            return sorted(pool.map(book, (1, 2)))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_of_two_gets_the_car(self):
        for day in range(RACES):
            with self.subTest(day=day):
                self.assertEqual(self._race(self.car_id, day), ["booked", "refused"])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_both_get_a_unit_where_there_are_two(self):
        for day in range(5):
            with self.subTest(day=day):
                self.assertEqual(self._race(self.set_id, day), ["booked", "booked"])

    @mute_logger("odoo.sql_db")
    def test_database_refuses_an_overlap_by_itself(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
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
                cr.execute(
                    "INSERT INTO gestor_booking_slot"
                    " (booking_id, resource_id, unit, start_at, stop_at)"
                    " SELECT booking_id, resource_id, unit, start_at, stop_at"
                    " FROM gestor_booking_slot WHERE booking_id = %s",
                    (booking.id,),
                )
            cr.rollback()
