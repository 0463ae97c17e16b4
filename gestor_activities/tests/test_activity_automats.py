from datetime import timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, GestorActivitiesCommon, at

CRON = "gestor_automation.gestor_planned_action_cron"
TIMED_CRON = "gestor_automation.gestor_automat_cron"
STATE = "state"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityAutomats(GestorActivitiesCommon):
    """What an activity sets going when it starts, ends or is late."""

    def _create_automat(self, text, trigger="changed", **vals):
        """Create an automat that writes a comment into the activity."""
        return self.env["gestor.automat"].create(
            {
                "name": text,
                "model_id": self.env["ir.model"]._get("gestor.activity").id,
                "trigger": trigger,
                "step_ids": [Command.create({"handler": "comment", "comment": text})],
                **vals,
            }
        )

    def _create_state_automat(self, text, state):
        field = self.env["ir.model.fields"]._get("gestor.activity", STATE)
        to_state = field.selection_ids.filtered(lambda choice: choice.value == state)
        return self._create_automat(
            text, field_id=field.id, to_selection_id=to_state.id
        )

    def _run(self, cron=CRON):
        with self.enter_registry_test_mode():
            self.env.ref(cron).method_direct_trigger()
        self.env.invalidate_all()

    def _get_comments(self, activity):
        bodies = " ".join(activity.sudo().message_ids.mapped("body"))
        return [
            text for text in ("It began", "It ended", "It is late") if text in bodies
        ]

    def test_start_and_end_do_their_steps_once(self):
        self._create_state_automat("It began", "in_progress")
        self._create_state_automat("It ended", "done")
        mine, other = (self._create_activity(self.anna) for _number in range(2))
        self._run()
        self.assertEqual(self._get_comments(mine), [])
        mine.action_start()
        self._run()
        self._run()
        self.assertEqual(self._get_comments(mine), ["It began"])
        mine.action_finish()
        self._run()
        self.assertEqual(self._get_comments(mine), ["It began", "It ended"])
        planned = self.env["gestor.planned.action"].search(
            [
                ("res_model", "=", "gestor.activity"),
                ("res_id", "in", (mine + other).ids),
            ]
        )
        self.assertEqual(planned.mapped("res_id"), [mine.id] * 2)
        self.assertEqual(self._get_comments(other), [])

    def test_late_activity_does_its_steps_and_a_finished_one_does_not(self):
        end = self.env["ir.model.fields"]._get("gestor.activity", "planned_stop_at")
        self._create_automat(
            "It is late",
            trigger="date",
            date_field_id=end.id,
            offset_number=1,
            offset_unit="hours",
            offset_direction="after",
            filter_domain="[('state', 'in', ('planned', 'in_progress'))]",
        )
        late, done = (self._create_activity(self.anna) for _number in range(2))
        done.action_finish()
        for minutes, comments in ((50, []), (70, ["It is late"])):
            with freeze_time(at(9) + timedelta(minutes=minutes)):
                self._run(TIMED_CRON)
                self._run()
            self.assertEqual(self._get_comments(late), comments)
        self.assertEqual(self._get_comments(done), [])

    def test_asked_first_the_executor_decides(self):
        automat = self._create_state_automat("It began", "in_progress")
        automat.mode = "ask"
        activity = self._create_activity(self.anna)
        activity.action_start()
        self._run()
        self.assertEqual(self._get_comments(activity), [])
        planned = self.env["gestor.planned.action"].search(
            [("automat_id", "=", automat.id)]
        )
        self.assertFalse(planned.closed_at)
        planned.with_user(self.anna).action_run()
        self._run()
        self.assertEqual(self._get_comments(activity), ["It began"])
