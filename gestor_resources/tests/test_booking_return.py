from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
class TestBookingReturn(GestorResourcesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.van.write(
            {"has_meter": True, "meter_unit": "km", "meter": 1000, "cost_per_hour": 10}
        )
        with freeze_time("2026-11-24 07:00:00"):
            cls.booking = cls._book(stop=12)

    def _return(self, booking, **vals):
        wizard = (
            self.env["gestor.booking.return"]
            .with_user(booking.env.user)
            .create({"booking_id": booking.id, **vals})
        )
        return wizard.action_return()

    @freeze_time("2026-11-30 10:00:00")
    def test_car_that_is_back_early_is_free_for_others(self):
        self.booking.action_take()
        self._return(self.booking, meter_stop=1250, note="Tank half full")
        self.assertRecordValues(
            self.booking,
            [
                {
                    "state": "returned",
                    "meter_used": 250,
                    "stop_at": at(10),
                    "return_note": "Tank half full",
                    "cost": 20,
                }
            ],
        )
        self.assertEqual(self.van.meter, 1250)
        self.assertEqual(self._book(self.piotr, start=10, stop=12).state, "confirmed")

    def test_car_taken_long_before_its_time_is_booked_from_then_on(self):
        later = self._book(self.piotr, start=14, stop=16)
        with freeze_time("2026-11-30 11:00:00"):
            self.booking.action_take()
            # it has not come back yet
            with self.assertRaises(UserError):
                later.action_take()
            self.assertEqual(later.state, "confirmed")
            self._return(self.booking, meter_stop=1250)
            later.action_take()
        self.assertEqual((later.state, later.start_at), ("in_use", at(11)))

    @freeze_time("2026-11-30 07:45:00")
    def test_car_taken_a_little_early_keeps_its_time(self):
        self.booking.action_take()
        self.assertEqual((self.booking.state, self.booking.start_at), ("in_use", at(8)))

    def test_colleague_sees_that_a_booking_is_not_his_to_change(self):
        self.assertTrue(self.booking.can_change)
        self.assertFalse(self.booking.with_user(self.piotr).can_change)
        self.assertTrue(self.booking.with_user(self.desk).can_change)
        self.assertTrue(
            self.env["gestor.booking"].with_user(self.piotr).new().can_change
        )

    @freeze_time("2026-11-30 12:30:00")
    def test_meter_does_not_run_backwards(self):
        self.booking.action_take()
        with self.assertRaisesRegex(UserError, "cannot show less"):
            self._return(self.booking, meter_stop=900)
        self.assertEqual(self.booking.state, "in_use")

    @freeze_time("2026-11-30 12:30:00")
    def test_keeper_hears_of_damage(self):
        self.van.keeper_id = self.piotr
        self.booking.action_take()
        self._return(self.booking, meter_stop=1100, is_damaged=True, note="Mirror")
        activity = self.van.activity_ids
        self.assertEqual(activity.user_id, self.piotr)
        self.assertIn("Mirror", activity.note)

    @freeze_time("2026-11-30 12:30:00")
    def test_late_booking_is_reminded_once(self):
        self.booking.action_take()
        self.assertTrue(self.booking.is_late)
        late = self.env["gestor.booking"].search(
            [("resource_id", "=", self.van.id), ("is_late", "=", True)]
        )
        self.assertEqual(late, self.booking)
        for _run in range(2):
            self.env["gestor.booking"]._cron_remind_late()
        self.assertEqual(len(self.booking.sudo().activity_ids), 1)
        self.assertEqual(self.booking.sudo().activity_ids.user_id, self.anna)

    @freeze_time("2026-11-30 13:00:00")
    def test_history_is_neither_moved_nor_deleted(self):
        self.booking.action_take()
        self._return(self.booking, meter_stop=1100)
        with self.assertRaises(UserError):
            self.booking.start_at = at(9)
        with self.assertRaises(UserError):
            self.booking.unlink()
        with self.assertRaises(UserError):
            self.booking.action_cancel()

    @freeze_time("2026-11-30 11:00:00")
    def test_photos_of_the_return_are_seen_by_whoever_sees_the_booking(self):
        photo = (
            self.env["ir.attachment"]
            .with_user(self.anna)
            .create({"name": "scratch.png", "raw": b"png"})
        )
        self.booking.action_take()
        self._return(self.booking, meter_stop=1250, photo_ids=photo.ids)
        seen = self.booking.with_user(self.piotr).return_photo_ids
        self.assertEqual(seen.mapped("name"), ["scratch.png"])
        self.assertEqual(
            (photo.res_model, photo.res_id), (self.booking._name, self.booking.id)
        )

    def test_keeper_has_a_queue_of_what_waits_for_him(self):
        self.truck.write(
            {"is_approval_required": True, "keeper_id": self.piotr.id},
        )
        with freeze_time("2026-11-24 07:00:00"):
            waiting = self._book(resource_id=self.truck.id)
        queue = [("state", "=", "requested"), ("can_approve", "=", True)]
        bookings = self.env["gestor.booking"]
        self.assertEqual(bookings.with_user(self.piotr).search(queue), waiting)
        self.assertEqual(bookings.with_user(self.chief).search(queue), waiting)
        self.assertFalse(bookings.with_user(self.desk).search(queue))
        waiting.with_user(self.piotr).action_approve()
        self.assertFalse(bookings.with_user(self.piotr).search(queue))

    @freeze_time("2026-11-30 11:00:00")
    def test_keeper_hands_out_and_takes_back_what_others_booked(self):
        self.van.keeper_id = self.piotr
        booking = self.booking.with_user(self.piotr)
        booking.write({"taken_note": "Tank full"})
        booking.action_take()
        self.assertEqual(self.booking.state, "in_use")
        self._return(booking, meter_stop=1250, note="Scratch")
        self.assertRecordValues(
            self.booking,
            [{"state": "returned", "return_note": "Scratch", "user_id": self.anna.id}],
        )

    @freeze_time("2026-11-30 11:00:00")
    def test_keeper_neither_books_for_others_nor_deletes_their_bookings(self):
        self.van.keeper_id = self.piotr
        with self.assertRaises(AccessError):
            self._create_booking(self.piotr, start=14, stop=15, user_id=self.anna.id)
        with self.assertRaises(AccessError):
            self.booking.with_user(self.piotr).unlink()

    @freeze_time("2026-11-30 11:00:00")
    def test_substitute_of_the_keeper_hands_out_and_takes_back(self):
        self.van.keeper_id = self.desk
        booking = self.booking.with_user(self.piotr)
        with self.assertRaises(AccessError):
            booking.action_take()
        self.env["gestor.substitution"].create(
            {
                "user_id": self.desk.id,
                "substitute_id": self.piotr.id,
                "date_from": "2026-11-30",
                "date_to": "2026-11-30",
            }
        )
        booking.invalidate_recordset()
        booking.action_take()
        self._return(booking, meter_stop=1250)
        self.assertEqual(self.booking.state, "returned")
