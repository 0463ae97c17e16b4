from odoo.tests import tagged

from .scenario_common import ScenarioCommon

OWN = "gestor_activities.gestor_activities_group_own"


@tagged("post_install", "-at_install")
class TestScenarioWork(ScenarioCommon):
    """Stages plan activities of Gestor, and their success moves the document on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref(OWN).user_ids += cls.anna
        cls.template = cls.env["gestor.activity.template"].create(
            {
                "name": "Check",
                "subject": "Check the paper",
                "type_id": cls.env.ref(
                    "gestor_activities.gestor_activity_type_task"
                ).id,
            }
        )

    def _plan(self, **vals):
        return self._add_activity(
            self.work, gestor_template_id=self.template.id, summary="Check", **vals
        )

    def _activities(self):
        return self.env["gestor.activity"].search(
            [("gestor_history_id", "!=", False)], order="id"
        )

    def test_stage_plans_a_linked_activity_for_the_responsible_person(self):
        self._plan(days=2)
        self.both._gestor_enter_stage(self.work)
        made = self._activities()
        self.assertEqual(len(made), 2)
        self.assertEqual(made.user_id, self.anna)
        self.assertEqual(made.template_id, self.template)
        self.assertEqual(made[0]._gestor_linked("test.gestor.document"), self.paper)
        self.assertFalse(self.both.activity_ids - made.activity_ids)

    def test_success_of_the_automatic_activity_moves_the_document(self):
        self._plan(is_automatic=True)
        self._advance(self.work, "automatic", self.done)
        self.both._gestor_enter_stage(self.work)
        self._activities()[0].with_user(self.anna).action_finish()
        self.assertEqual(self.paper.stage_id, self.done)
        self.assertEqual(self.paper_2.stage_id, self.work)

    def test_failure_and_cancellation_move_nothing(self):
        self._plan(is_automatic=True)
        self._advance(self.work, "automatic", self.done)
        self.both._gestor_enter_stage(self.work)
        first, second = self._activities().with_user(self.anna)
        first.action_fail()
        second.action_cancel()
        self.assertEqual((self.paper + self.paper_2).stage_id, self.work)

    def test_activities_and_todos_of_a_stage_count_together(self):
        self._plan()
        self._add_activity(self.work)
        self._advance(self.work, "all", self.done)
        self.own._gestor_enter_stage(self.work)
        activity = self._activities().with_user(self.anna)
        todo = self.own.activity_ids.filtered("gestor_history_id")
        activity.action_finish()
        self.assertEqual(self.paper.stage_id, self.work)
        activity.action_reopen()
        todo.action_feedback()
        self.assertEqual(self.paper.stage_id, self.work)
        activity.action_finish()
        self.assertEqual(self.paper.stage_id, self.done)

    def test_nobody_ties_a_todo_to_the_stay_of_another_document(self):
        self._add_activity(self.work, is_automatic=True)
        self._advance(self.work, "automatic", self.done)
        self.both._gestor_enter_stage(self.work)
        foreign = self._histories(self.paper_2)[-1]
        todo = self.own.activity_schedule("mail.mail_activity_data_todo")
        todo.with_user(self.anna).write(
            {"gestor_history_id": foreign.id, "gestor_is_automatic": True}
        )
        todo.with_user(self.anna).action_feedback()
        self.assertEqual(self.paper_2.stage_id, self.work)
