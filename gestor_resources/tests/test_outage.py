from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestOutage(GestorResourcesCommon):
    @classmethod
    def _create_outage(cls, user=None, start=8, stop=18, **vals):
        return (
            cls.env["gestor.outage"]
            .with_user(user or cls.chief)
            .create(
                {
                    "name": "Gearbox",
                    "resource_id": cls.van.id,
                    "start_at": at(start),
                    "stop_at": at(stop),
                    **vals,
                }
            )
        )

    def test_resource_out_of_use_is_not_booked(self):
        self._create_outage()
        with self.assertRaises(UserError) as caught:
            self._book()
        self.assertIn("out of use", str(caught.exception))
        self.assertIn("Gearbox", str(caught.exception))
        self.assertEqual(self._book(start=18, stop=19).state, "confirmed")

    def test_host_gets_a_leave_in_step(self):
        outage = self._create_outage()
        leave = outage.sudo().leave_id
        self.assertRecordValues(
            leave,
            [
                {
                    "resource_id": self.van.resource_id.id,
                    "date_from": at(8),
                    "date_to": at(18),
                }
            ],
        )
        outage.stop_at = at(20)
        self.assertEqual(leave.date_to, at(20))
        outage.unlink()
        self.assertFalse(leave.exists())

    def test_bookings_of_that_time_are_listed(self):
        hit = self._book()
        self._book(start=19, stop=20)
        self._book(resource_id=self.truck.id)
        outage = self._create_outage()
        self.assertEqual(outage.conflict_ids, hit)

    def test_keeper_moves_a_booking_to_another_car(self):
        self.van.keeper_id = self.piotr
        booking = self._book()
        outage = self._create_outage(self.piotr)
        move = (
            self.env["gestor.outage.move"]
            .with_user(self.piotr)
            .create({"outage_id": outage.id})
        )
        self.assertRecordValues(
            move.line_ids,
            [{"way": "resource", "booking_id": booking.id}],
        )
        self.assertIn(move.line_ids.resource_id, self.truck | self.projector)
        move.line_ids.resource_id = self.truck
        move.action_apply()
        self.assertEqual(booking.resource_id, self.truck)
        self.assertFalse(outage.conflict_ids)
        messages = self.env["mail.message"].search(
            [("model", "=", booking._name), ("res_id", "=", booking.id)]
        )
        (message,) = messages.filtered(lambda message: "out of use" in message.body)
        self.assertIn(self.anna.partner_id, message.notified_partner_ids)

    def test_booking_moves_to_the_first_free_time(self):
        (self.truck | self.projector).active = False
        booking = self._book()
        self._book(self.piotr, start=18, stop=19)
        outage = self._create_outage()
        move = (
            self.env["gestor.outage.move"]
            .with_user(self.chief)
            .create({"outage_id": outage.id})
        )
        self.assertRecordValues(move.line_ids, [{"way": "time", "start_at": at(19)}])
        move.action_apply()
        self.assertRecordValues(
            booking, [{"start_at": at(19), "stop_at": at(21), "state": "confirmed"}]
        )

    def test_stranger_neither_makes_nor_moves(self):
        with self.assertRaises(AccessError):
            self._create_outage(self.anna)
        booking = self._book(self.piotr)
        outage = self._create_outage()
        move = self.env["gestor.outage.move"].with_user(self.anna)
        with self.assertRaises(AccessError):
            move.create({"outage_id": outage.id}).action_apply()
        self.assertEqual(booking.resource_id, self.van)
