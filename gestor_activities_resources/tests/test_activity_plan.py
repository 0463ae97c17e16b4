from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ActivityResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestActivityPlan(ActivityResourcesCommon):
    """The dialog that gives an activity another time or person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # nobody is warned of working hours here
        cls.env.company.resource_calendar_id.flexible_hours = True

    def _plan(self, activity, user=None, **vals):
        plans = self.env["gestor.activity.plan"].with_user(user or self.anna)
        return plans.create({"activity_id": activity.id, **vals})

    def test_planner_gives_another_person_and_time(self):
        activity = self._create_activity()
        plan = self._plan(activity)
        self.assertEqual(
            (plan.user_id, plan.start_at, plan.stop_at), (self.anna, at(8), at(10))
        )
        plan.write({"user_id": self.piotr.id, "start_at": at(9), "stop_at": at(11)})
        self.assertEqual(plan.action_plan()["type"], "ir.actions.act_window_close")
        self.assertEqual(activity.executor_ids.user_id, self.piotr)
        self.assertEqual(activity.planned_start_at, at(9))

    def test_dialog_proposes_the_next_time_free_for_person_and_resources(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        self._create_activity(start=10, stop=12)
        self._book(self.piotr, start=12, stop=13)
        plan = self._plan(activity)
        plan.action_next_free()
        self.assertEqual((plan.start_at, plan.stop_at), (at(13), at(15)))
        self.assertFalse(plan.action_plan().get("res_id"))
        self.assertEqual(activity.booking_ids.start_at, at(13))

    def test_dialog_asks_before_it_plans_for_a_busy_person(self):
        activity = self._create_activity()
        self._create_activity(start=12, stop=14, name="Fair")
        plan = self._plan(activity, start_at=at(13), stop_at=at(15))
        self.assertEqual(plan.action_plan()["res_id"], plan.id)
        self.assertEqual(plan.refused_by, "people")
        self.assertIn("Fair", plan.refused)
        self.assertEqual(activity.planned_start_at, at(8))
        plan.action_plan_anyway()
        self.assertEqual(activity.planned_start_at, at(13))

    def test_dialog_takes_another_resource_of_the_kind(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        self._book(self.piotr, start=12, stop=14)
        plan = self._plan(activity, start_at=at(12), stop_at=at(14))
        plan.action_plan()
        self.assertEqual(plan.refused_by, "resources")
        plan.action_swap()
        self.assertEqual(activity.resource_ids, self.truck)
        self.assertEqual(activity.planned_start_at, at(12))

    def test_dialog_has_no_other_resource_and_changes_nothing(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        for resource in self.van | self.truck | self.projector:
            self._book(
                self.piotr,
                start=12,
                stop=14,
                resource_id=resource.id,
                quantity=resource.quantity,
            )
        plan = self._plan(activity, start_at=at(12), stop_at=at(14))
        with self.assertRaisesRegex(UserError, "Nothing else"):
            plan.action_swap()
        self.assertEqual(activity.planned_start_at, at(8))

    def test_dialog_goes_without_the_taken_resources_only(self):
        activity = self._create_activity(
            resource_ids=[(6, 0, (self.van | self.projector).ids)]
        )
        self._book(self.piotr, start=12, stop=14)
        self._plan(activity, start_at=at(12), stop_at=at(14)).action_plan_without()
        self.assertEqual(activity.resource_ids, self.projector)

    def test_only_a_taken_resource_is_offered_to_be_left_out(self):
        self.van.max_hours = 3
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        plan = self._plan(activity, start_at=at(8), stop_at=at(14))
        with self.assertRaisesRegex(UserError, "at most"):
            with self.env.cr.savepoint():
                plan.action_plan()
        self.assertFalse(plan.refused_by)
        self.assertEqual(activity.planned_stop_at, at(10))

    def test_reader_does_not_plan_not_even_without_a_change(self):
        activity = self._create_activity(
            resource_ids=[(6, 0, self.van.ids)], client_ids=False
        )
        self.env["gestor.outage"].create(
            {
                "resource_id": self.van.id,
                "name": "Repair",
                "start_at": at(8, 1),
                "stop_at": at(10, 1),
            }
        )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            activity.with_user(self.piotr)._gestor_plan(
                at(8), at(10), allow=("resources",)
            )
        self.assertEqual(activity.booking_ids.state, "confirmed")

    def test_closed_activity_is_not_planned(self):
        activity = self._create_activity()
        done = self._create_activity()
        activity.action_cancel()
        done.action_finish()
        for closed in activity + done:
            with self.assertRaises(UserError):
                closed._gestor_plan(at(8), at(10))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestActivityReopen(ActivityResourcesCommon):
    """What is booked for an activity that is opened again."""

    def test_reopened_activity_books_its_resources_again(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        dropped = self._create_activity(
            day=1, resource_ids=[(6, 0, (self.van | self.truck).ids)]
        )
        dropped.resource_ids = self.van
        activities = activity | dropped
        activities.action_cancel()
        self.assertFalse(activities.resource_ids)
        activities.action_reopen()
        self.assertEqual(activity.resource_ids, self.van)
        # what was taken away before does not come back
        self.assertEqual(dropped.resource_ids, self.van)
        self.assertEqual(
            set(activities._get_live_bookings().mapped("state")), {"confirmed"}
        )

    def test_reopened_activity_says_what_could_not_be_booked(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        activity.action_cancel()
        self._book(self.piotr)
        activity.action_reopen()
        self.assertFalse(activity._get_live_bookings())
        self.assertIn("Van is taken", activity.message_ids[0].body)

    def test_activity_done_early_books_the_rest_of_its_time(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        with freeze_time("2026-11-30 09:00:00"):
            activity._gestor_finish("done")
            activity.action_reopen()
        live = activity._get_live_bookings()
        self.assertRecordValues(live, [{"start_at": at(9), "stop_at": at(10)}])

    def test_nothing_is_booked_in_the_past(self):
        activity = self._create_activity(resource_ids=[(6, 0, self.van.ids)])
        with freeze_time("2026-12-02 09:00:00"):
            activity._gestor_finish("done")
            activity.action_reopen()
        self.assertFalse(activity._get_live_bookings())
        self.assertIn("passed", activity.message_ids[0].body)
