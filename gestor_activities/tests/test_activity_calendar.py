from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityCalendar(GestorActivitiesCommon):
    """Activities in the common calendar and on the Day screen, as their doer."""

    def _move(self, activity, start, stop, seen=(8, 9)):
        moments = [fields.Datetime.to_string(at(hour)) for hour in (start, stop, *seen)]
        calendar = self.env["gestor.calendar"].with_user(self.anna)
        calendar.move("gestor.activity", activity.id, *moments)

    def test_dragged_activity_has_its_new_time(self):
        activity = self._create_activity()
        self._move(activity, 10, 12)
        self.assertEqual(activity.planned_start_at, at(10))
        self.assertEqual(activity.planned_stop_at, at(12))

    def test_second_of_two_who_drag_is_told(self):
        activity = self._create_activity()
        self._move(activity, 10, 12)
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self._move(activity, 14, 15)
        self.assertEqual(activity.planned_start_at, at(10))

    def test_done_activity_does_not_move(self):
        activity = self._create_activity()
        activity.action_finish()
        with self.assertRaisesRegex(UserError, "must not be moved"):
            self._move(activity, 10, 12)
        days = self.env["gestor.calendar.day"].with_user(self.anna)
        result = days.shift([["gestor.activity", activity.id]], days=1)
        self.assertEqual(result["done"], 0)
        self.assertIn("must not be moved", result["failed"][0]["reason"])
        self.assertEqual(activity.planned_start_at, at(8))

    def test_end_before_the_beginning_is_refused(self):
        activity = self._create_activity()
        with self.assertRaisesRegex(UserError, "before the beginning"):
            self._move(activity, 12, 10)
        self.assertEqual(activity.planned_start_at, at(8))

    def test_who_delegates_to_oneself_is_told_and_the_rest_is_done(self):
        mine, other = (
            self._create_activity(self.desk, user_id=user.id, executor_ids=False)
            for user in (self.anna, self.piotr)
        )
        days = self.env["gestor.calendar.day"].with_user(self.desk)
        pairs = [["gestor.activity", activity.id] for activity in mine + other]
        result = days.delegate(pairs, self.anna.id)
        self.assertEqual(result["done"], 1)
        self.assertIn("already", result["failed"][0]["reason"])
        self.assertEqual((mine + other).user_id, self.anna)
