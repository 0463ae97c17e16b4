from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, GestorActivitiesCommon, at

NOON = datetime(2026, 11, 27, 12)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityLifecycle(GestorActivitiesCommon):
    def test_start_and_finish_set_the_real_times(self):
        activities = self._create_activity() | self._create_activity(kind="phone")
        activities.action_start()
        self.assertEqual(set(activities.mapped("state")), {"in_progress"})
        with freeze_time("2026-11-27 13:30:00"):
            activities.action_finish()
        for activity in activities:
            self.assertEqual(activity.state, "done")
            self.assertEqual(activity.real_start_at, NOON)
            self.assertEqual(activity.real_stop_at, datetime(2026, 11, 27, 13, 30))
            self.assertEqual(activity.progress_percent, 100)

    def test_written_state_is_a_move(self):
        activities = self._create_activity() | self._create_activity()
        activities.write({"state": "done"})
        self.assertEqual(activities.mapped("real_stop_at"), [NOON, NOON])
        self.assertFalse(
            activities.sudo().executor_ids.mail_activity_id.filtered("active")
        )
        activities.write({"state": "planned", "name": "Again"})
        self.assertEqual(activities.mapped("state"), ["planned", "planned"])
        self.assertEqual(activities.mapped("name"), ["Again", "Again"])
        self.assertEqual(
            len(activities.sudo().executor_ids.mail_activity_id.filtered("active")), 2
        )

    def test_closed_activity_does_not_move(self):
        open_one = self._create_activity()
        for state in ("done", "failed", "cancelled"):
            closed = self._create_activity()
            closed._gestor_finish(state)
            for vals in (
                {"planned_start_at": at(6)},
                {"name": "Else"},
                {"user_id": self.piotr.id},
                {"executor_ids": [(5,)]},
                {"partner_id": self.client_a.id},
            ):
                with self.assertRaisesRegex(UserError, "Reopen"):
                    (open_one | closed).write(vals)
            for action in ("action_start", "action_finish", "action_cancel"):
                with self.assertRaisesRegex(UserError, "Reopen"):
                    getattr(open_one | closed, action)()
        self.assertEqual(open_one.name, "Work")
        self.assertEqual(open_one.state, "planned")

    def test_any_executor_is_enough(self):
        activity = self._create_activity(self.anna, self.anna, self.piotr)
        activity.with_user(self.piotr).action_finish()
        self.assertEqual(activity.state, "done")

    def test_all_executors_must_finish(self):
        activity = self._create_activity(
            self.anna, self.anna, self.piotr, finish_rule="all"
        )
        activity.with_user(self.piotr).action_finish()
        self.assertEqual(activity.state, "in_progress")
        self.assertEqual(activity.progress_percent, 50)
        activity.action_finish()
        self.assertEqual(activity.state, "done")

    def test_who_refused_is_not_waited_for(self):
        activity = self._create_activity(
            self.anna, self.anna, self.piotr, finish_rule="all"
        )
        self._part(activity, self.anna).action_done()
        self.assertEqual(activity.state, "in_progress")
        self._part(activity, self.piotr).action_refuse()
        self.assertEqual(activity.state, "done")

    def test_responsible_person_finishes_for_all(self):
        activity = self._create_activity(
            self.anna, self.piotr, self.desk, finish_rule="all"
        )
        activity.action_finish()
        self.assertEqual(activity.state, "done")
        self.assertEqual(set(activity.executor_ids.mapped("state")), {"done"})

    def test_executor_reports_only_for_himself(self):
        activity = self._create_activity(
            self.anna, self.anna, self.piotr, finish_rule="all"
        )
        other = self._part(activity, self.anna).with_user(self.piotr)
        for vals in ({"progress_percent": 90}, {"state": "done"}, {"note": "He did"}):
            with self.assertRaises(AccessError):
                other.write(vals)
        self._part(activity, self.piotr).write({"progress_percent": 40})
        self.assertEqual(activity.progress_percent, 20)

    def test_result_and_note_are_kept(self):
        result = self.env.ref("gestor_activities.gestor_activity_result_refused")
        activity = self._create_activity()
        activity._gestor_finish("failed", result, "Too dear")
        self.assertRecordValues(
            activity,
            [{"state": "failed", "result_id": result.id, "result_note": "Too dear"}],
        )

    def test_reopened_is_as_before(self):
        activity = self._create_activity(kind="meeting")
        activity.action_cancel()
        self.assertFalse(activity.event_id)
        self.assertFalse(activity.real_stop_at)
        activity.action_reopen()
        self.assertEqual(activity.state, "planned")
        self.assertTrue(activity.event_id)
        with self.assertRaisesRegex(UserError, "open already"):
            activity.action_reopen()

    def test_written_down_afterwards_is_done_then(self):
        activity = self._create_activity(kind="phone", state="done", day=-4)
        self.assertEqual(activity.real_start_at, at(8, -4))
        self.assertEqual(activity.real_stop_at, at(9, -4))
        self.assertEqual(activity.progress_percent, 100)
        self.assertFalse(activity.executor_ids.mail_activity_id)

    def test_history_is_not_deleted_by_users(self):
        activity = self._create_activity()
        activity.action_finish()
        with self.assertRaisesRegex(UserError, "history"):
            activity.unlink()
        activity.with_user(self.chief).unlink()
        self._create_activity().unlink()

    def test_stranger_finishes_nothing(self):
        activity = self._create_activity()
        with self.assertRaises(AccessError):
            activity.with_user(self.piotr).action_finish()
        with self.assertRaisesRegex(UserError, "only its executors"):
            activity.with_user(self.desk).action_finish()

    def test_substitute_works_instead(self):
        self.env["gestor.substitution"].create(
            {
                "user_id": self.anna.id,
                "substitute_id": self.piotr.id,
                "date_from": "2026-11-27",
                "date_to": "2026-12-04",
            }
        )
        activity = self._create_activity(self.desk, self.anna)
        todo = activity.sudo().executor_ids.mail_activity_id
        self.assertEqual(todo.user_id, self.piotr)
        self.assertEqual(todo.gestor_for_user_id, self.anna)
        activity.write({"name": "Changed"})
        self.assertEqual(todo.user_id, self.piotr)
        mine = self.env["gestor.activity"].with_user(self.piotr)
        self.assertIn(activity, mine.search([("gestor_is_mine", "=", True)]))
        activity.with_user(self.piotr).action_finish()
        self.assertEqual(activity.state, "done")
