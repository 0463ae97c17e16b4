from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TestGestorCommon

NOW = "2026-05-12 08:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReminders(TestGestorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.env["test.gestor.visit"].create(
            {
                "name": "Visit",
                "user_id": cls.anna.id,
                "start_at": "2026-05-12 09:00:00",
                "stop_at": "2026-05-12 10:00:00",
            }
        )
        cls.visit = cls.visit.with_user(cls.anna)

    @property
    def _reminders(self):
        return self.env["gestor.reminder"].with_user(self.anna)

    def _get_due(self):
        return self._reminders.get_due()

    def test_reminder_becomes_due_once(self):
        (reminder,) = self.visit._gestor_calendar_remind(30)
        self.assertFalse(self.visit._gestor_calendar_remind(30))
        early = self._get_due()
        self.assertEqual(early, {"due": [], "next_at": "2026-05-12 08:30:00"})
        with freeze_time("2026-05-13 12:00:00"):
            # after an absence, and again after a reload
            for _time in range(2):
                late = self._get_due()
                self.assertEqual([row["id"] for row in late["due"]], [reminder.id])
            self.assertEqual(late["due"][0]["title"], "Visit")
            self.assertEqual(late["due"][0]["start"], "2026-05-12 09:00:00")
            self._reminders.browse(reminder.id).action_dismiss()
            self.assertFalse(self._get_due()["due"])

    def test_snoozed_reminder_comes_back(self):
        reminder = self.visit._gestor_calendar_remind(60).with_user(self.anna)
        self.assertTrue(self._get_due()["due"])
        reminder.action_snooze(15)
        self.assertEqual(self._get_due(), {"due": [], "next_at": "2026-05-12 08:15:00"})
        reminder.action_snooze_until("2026-05-13 08:00:00")
        self.assertEqual(reminder.remind_at, datetime(2026, 5, 13, 8))
        for method, value in (
            ("action_snooze", 0),
            ("action_snooze_until", "2026-05-12 07:00:00"),
        ):
            with self.assertRaises(UserError):
                getattr(reminder, method)(value)

    def test_reminder_follows_the_thing(self):
        reminder = self.visit._gestor_calendar_remind(60).with_user(self.anna)
        reminder.action_dismiss()
        self.visit._gestor_calendar_shift(timedelta(days=1))
        self.assertEqual(reminder.remind_at, datetime(2026, 5, 13, 8))
        self.assertEqual(reminder.state, "waiting")
        self.visit.sudo().unlink()
        self.assertFalse(reminder.exists())

    def test_own_time_stays_when_the_thing_moves(self):
        self._reminders.remind(
            self.visit._name, self.visit.id, moment="2026-05-12 08:45:00"
        )
        reminder = self._reminders.search([])
        self.visit._gestor_calendar_shift(timedelta(days=1))
        self.assertEqual(reminder.remind_at, datetime(2026, 5, 12, 8, 45))

    def test_what_is_done_does_not_remind(self):
        self.visit._gestor_calendar_remind(60)
        self.visit._gestor_calendar_finish()
        self.assertFalse(self._get_due()["due"])

    def test_same_reminder_twice_is_refused(self):
        self._reminders.remind(self.visit._name, self.visit.id, 10)
        with self.assertRaisesRegex(UserError, "already"):
            self._reminders.remind(self.visit._name, self.visit.id, 10)
        with self.assertRaisesRegex(UserError, "does not stand"):
            self._reminders.remind("res.partner", self.anna.partner_id.id, 10)

    def test_alarm_of_a_meeting_can_be_snoozed(self):
        alarm = self.env["calendar.alarm"].create(
            {
                "name": "Half an hour",
                "alarm_type": "notification",
                "duration": 30,
                "interval": "minutes",
            }
        )
        # the host asks the clock of the database
        start = datetime.now() + timedelta(minutes=10)
        with freeze_time(self.env.cr.now()):
            start = self.env.cr.now() + timedelta(minutes=10)
            event = self.env["calendar.event"].create(
                {
                    "name": "Meeting",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "user_id": self.anna.id,
                    "partner_ids": [Command.set(self.anna.partner_id.ids)],
                    "alarm_ids": [Command.set(alarm.ids)],
                }
            )
            due = self._get_due()["due"]
            self.assertEqual([row["res_id"] for row in due], event.ids)
            self._reminders.browse(due[0]["id"]).action_snooze(60)
            self.assertFalse(self._get_due()["due"])
            event.with_user(self.anna).write(
                {"start": start + timedelta(days=1), "stop": start + timedelta(days=2)}
            )
            reminder = self._reminders.browse(due[0]["id"])
            self.assertEqual(reminder.remind_at, event.start - timedelta(minutes=30))

    def test_executors_are_reminded_by_others(self):
        self.visit._gestor_calendar_remind(60, users=self.bolek | self.anna)
        theirs = self.env["gestor.reminder"].with_user(self.bolek)
        self.assertEqual(len(theirs.get_due()["due"]), 1)
        self.assertEqual(len(self._get_due()["due"]), 1)

    def test_list_names_what_it_is_about(self):
        reminder = self.visit._gestor_calendar_remind(60).with_user(self.anna)
        self.assertEqual(reminder.record_name, "Visit")
        self.assertTrue(reminder.is_due)
        self.assertEqual(reminder.action_open()["res_id"], self.visit.id)
