from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, GestorSelfBookingCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingReminders(GestorSelfBookingCommon):
    """The client is reminded once, of the time that counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page.write({"mail_reminder_hours": 24, "sms_reminder_hours": 2})

    def _actions(self, visit, state="planned"):
        return self.env["gestor.planned.action"].search(
            [
                ("res_model", "=", "gestor.activity"),
                ("res_id", "=", visit.activity_id.id),
                ("handler", "=", "self_booking"),
                ("state", "=", state),
            ],
            order="planned_at",
        )

    def _run(self, actions):
        for action in actions:
            action._execute()

    def _reminders(self):
        return [mail for mail in self._mails() if mail.subject.startswith("Reminder")]

    def test_both_reminders_are_planned_ahead(self):
        visit = self._book(phone="600 999 888")
        times = self._actions(visit).mapped("planned_at")
        self.assertEqual(
            times, [at(7) - timedelta(hours=24), at(7) - timedelta(hours=2)]
        )

    def test_sms_needs_a_phone(self):
        self.assertEqual(len(self._actions(self._book())), 1)

    def test_reminder_that_would_be_late_is_not_planned(self):
        with freeze_time(at(6)):
            visit = self._book(phone="600 999 888")
        self.assertFalse(self._actions(visit))

    def test_reminders_are_sent(self):
        visit = self._book(phone="600 999 888")
        with freeze_time(at(5)):
            self._run(self._actions(visit))
        self.assertEqual(len(self._reminders()), 1)
        sms = self.env["sms.sms"].search([("number", "=", "600 999 888")])
        self.assertEqual(len(sms), 1)
        self.assertIn("Talk", sms.body)

    def test_reminders_follow_a_moved_visit_there_and_back(self):
        visit = self._book(phone="600 999 888")
        old = self._actions(visit)
        self.env.flush_all()
        visit._gestor_move(at(8, day=1))
        self.assertEqual(set(old.mapped("state")), {"skipped"})
        self.assertEqual(
            self._actions(visit)[0].planned_at, at(8, day=1) - timedelta(hours=24)
        )
        self.env.flush_all()
        visit._gestor_move(at(7))
        self.assertEqual(len(self._actions(visit)), 2)
        with freeze_time(at(5)):
            self._run(self._actions(visit))
        self.assertEqual(
            len(self._reminders()), 1, "the skipped one reminds of nothing"
        )

    def test_cancelled_visit_is_not_reminded_of(self):
        visit = self._book(phone="600 999 888")
        planned = self._actions(visit)
        visit._gestor_cancel("client")
        self.assertFalse(self._actions(visit))
        with freeze_time(at(5)):
            self._run(planned)
        self.assertFalse(self._reminders())

    def test_waiting_visit_is_reminded_of_once_confirmed(self):
        self.page.is_approved_by_hand = True
        visit = self._book()
        self.assertFalse(self._actions(visit))
        visit.action_confirm()
        self.assertEqual(len(self._actions(visit)), 1)

    def _create_step(self, model="gestor.activity"):
        automat = self.env["gestor.automat"].create(
            {
                "name": "Remind",
                "model_id": self.env["ir.model"]._get(model).id,
                "trigger": "manual",
                "step_ids": [(0, 0, {"handler": "self_booking"})],
            }
        )
        return automat.step_ids

    def test_step_of_an_automat_reminds_of_the_visit_of_the_activity(self):
        step = self._create_step()
        visit = self._book(phone="600 999 888")
        planned = self.env["gestor.planned.action"]._gestor_plan(
            visit.activity_id, step.handler, step._get_params(), planned_at=at(5)
        )
        with freeze_time(at(5)):
            self._run(planned)
        self.assertEqual(len(self._reminders()), 1)
        sms = self.env["sms.sms"].search([("number", "=", "600 999 888")])
        self.assertEqual(len(sms), 1)

    def test_step_tells_when_there_is_no_visit_to_remind_of(self):
        visit = self._book()
        visit._gestor_cancel("staff")
        planned = self.env["gestor.planned.action"]._gestor_plan(
            visit.activity_id, "self_booking", {}, planned_at=at(5)
        )
        handler = self.env["gestor.auto.handler.self_booking"]
        with self.assertRaisesRegex(UserError, "no booked visit"):
            handler._run(planned, visit.activity_id)

    def test_step_is_for_activities_only(self):
        with self.assertRaisesRegex(ValidationError, "Only activities"):
            self._create_step("res.partner")

    def test_nobody_plans_a_reminder_of_another_visit_by_hand(self):
        handler = self.env["gestor.auto.handler.self_booking"]
        with self.assertRaises(ValidationError):
            handler._check_configurable({"booking_id": self._book().id})

    def test_addon_adds_a_channel(self):
        told = []

        def hours(booking):
            return {"pigeon": 3}

        def send(booking):
            told.append(booking)

        visits = type(self.bookings)
        self.startPatcher(patch.object(visits, "_gestor_reminder_hours", hours))
        self.startPatcher(patch.object(visits, "_remind_by_pigeon", send, create=True))
        visit = self._book()
        actions = self._actions(visit)
        self.assertEqual(actions.planned_at, at(7) - timedelta(hours=3))
        with freeze_time(at(5)):
            self._run(actions)
        self.assertEqual(told, [visit])
