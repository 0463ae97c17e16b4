from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_activities.tests.common import NOW, at

from .common import GestorHolidaysCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAbsenceWarning(GestorHolidaysCommon):
    """Who plans is told of leaves, and offered another person or another day."""

    def _warning(self, activity, user):
        return activity.with_user(user).planning_warning or ""

    def test_planner_reads_who_is_absent_but_not_why(self):
        self._approve()
        activity = self._create_activity(self.piotr, self.anna, start=9, stop=10)
        warning = self._warning(activity, self.piotr)
        self.assertIn(self.anna.name, warning)
        self.assertIn("Absent", warning)
        self.assertIn(f"Stands in: {self.piotr.name}", warning)
        self.assertNotIn("Secret", warning)
        self.assertEqual(activity.gestor_absent_user_ids, self.anna)

    def test_absent_person_reads_the_kind_of_the_leave(self):
        self._approve()
        activity = self._create_activity(self.anna, start=9, stop=10)
        self.assertIn("Secret illness", self._warning(activity, self.anna))

    def test_other_days_requests_and_closed_activities_warn_of_nothing(self):
        leave = self._request()
        activity = self._create_activity(self.piotr, self.anna, start=9, stop=10)
        later = self._create_activity(self.piotr, self.anna, start=9, stop=10, day=3)
        self.assertNotIn("Absent", self._warning(activity, self.piotr))
        leave.action_approve()
        activity.invalidate_recordset(["planning_warning"])
        self.assertNotIn("Absent", self._warning(later, self.piotr))
        activity.with_user(self.piotr).action_cancel()
        activity.invalidate_recordset(["planning_warning"])
        self.assertNotIn("Absent", self._warning(activity, self.piotr))

    def test_substitute_takes_the_part_of_the_absent_one(self):
        self._approve()
        activity = self._create_activity(self.chief, self.anna, start=9, stop=10)
        activity.with_user(self.chief).action_gestor_take_substitutes()
        self.assertEqual(activity.executor_ids.user_id, self.piotr)
        self.assertFalse(activity.gestor_absent_user_ids)

    def test_substitute_who_is_away_too_is_not_taken(self):
        self._approve()
        self._approve(self.colleague)
        activity = self._create_activity(self.chief, self.anna, start=9, stop=10)
        with self.assertRaisesRegex(UserError, "Nobody stands in"):
            activity.with_user(self.chief).action_gestor_take_substitutes()
        self.assertEqual(activity.executor_ids.user_id, self.anna)

    def test_activity_moves_to_the_same_hour_after_the_absence(self):
        self._approve()
        activity = self._create_activity(self.chief, self.anna, start=9, stop=10)
        activity.with_user(self.chief).action_gestor_move_after_absence()
        self.assertEqual(activity.planned_start_at, at(9, 2))
        self.assertEqual(activity.planned_stop_at, at(10, 2))

    def test_activity_keeps_its_hour_over_the_change_of_the_clocks(self):
        self._approve(start="2027-03-26", stop="2027-03-29")
        activity = self._create_activity(self.chief, self.anna)
        activity.write(
            {
                "planned_start_at": "2027-03-26 09:00:00",
                "planned_stop_at": "2027-03-26 10:00:00",
            }
        )
        activity.with_user(self.chief).with_context(
            tz="Europe/Warsaw"
        ).action_gestor_move_after_absence()
        # 10 o'clock in Warsaw before and after the change of 28 March
        self.assertEqual(str(activity.planned_start_at), "2027-03-30 08:00:00")

    def test_stranger_moves_and_takes_nothing(self):
        self._approve()
        activity = self._create_activity(self.chief, self.anna, start=9, stop=10)
        for method in (
            "action_gestor_take_substitutes",
            "action_gestor_move_after_absence",
        ):
            with self.assertRaises(AccessError):
                getattr(activity.with_user(self.piotr), method)()

    def test_warnings_of_many_cost_the_same(self):
        self._approve()
        many = self.env["gestor.activity"].create(
            [
                self._prepare_activity(start=9, stop=10, user_id=self.anna.id)
                for _number in range(40)
            ]
        )
        counts = []
        for some in (many, many[:5], many):  # the first one warms up
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.chief)._get_absences()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
