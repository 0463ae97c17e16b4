from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityEvent(GestorActivitiesCommon):
    def _meet(self, *executors, **vals):
        return self._create_activity(self.anna, *executors, kind="meeting", **vals)

    def test_timed_activity_has_exactly_one_meeting(self):
        task, meeting = self._create_activity(), self._meet(self.anna, self.piotr)
        self.assertFalse(task.event_id)
        self.assertRecordValues(
            meeting.event_id,
            [
                {
                    "name": "Work",
                    "start": at(8),
                    "stop": at(9),
                    "user_id": self.anna.id,
                    "partner_ids": (self.anna | self.piotr).partner_id.ids,
                    "privacy": False,
                }
            ],
        )
        event = meeting.event_id
        meeting.write(
            {"name": "Moved", "planned_start_at": at(10), "planned_stop_at": at(11)}
        )
        self.assertEqual(meeting.event_id, event)
        self.assertEqual(
            (event.name, event.start, event.stop), ("Moved", at(10), at(11))
        )
        meeting.type_id = self.types["task"]
        self.assertFalse(meeting.event_id or event.exists())
        task.type_id = self.types["meeting"]
        self.assertTrue(task.event_id)

    def test_moved_meeting_moves_the_activity(self):
        meeting = self._meet(self.anna, self.piotr)
        meeting.event_id.with_user(self.piotr).write({"start": at(12), "stop": at(14)})
        self.assertEqual(meeting.planned_start_at, at(12))
        self.assertEqual(meeting.planned_stop_at, at(14))
        todos = meeting.sudo().executor_ids.mail_activity_id
        self.assertEqual(set(todos.mapped("date_deadline")), {date(2026, 11, 30)})
        meeting.event_id.write({"start": at(12, 1), "stop": at(14, 1)})
        self.assertEqual(set(todos.mapped("date_deadline")), {date(2026, 12, 1)})

    def test_meeting_of_a_closed_activity_does_not_move(self):
        meeting = self._meet()
        meeting.action_finish()
        with self.assertRaisesRegex(UserError, "Reopen"):
            meeting.event_id.write({"start": at(12), "stop": at(14)})
        # an error would stop a whole synchronisation with Google or Outlook
        meeting.event_id.with_context(dont_notify=True).write(
            {"start": at(12), "stop": at(14)}
        )
        self.assertEqual(meeting.planned_start_at, at(8))

    def test_deleted_meeting_cancels_what_was_open(self):
        open_one, done, archived = self._meet(), self._meet(), self._meet()
        done.action_finish()
        (open_one | done).event_id.unlink()
        archived.event_id.action_archive()
        self.assertEqual(open_one.state, "cancelled")
        self.assertEqual(done.state, "done")
        self.assertEqual(archived.state, "cancelled")
        self.assertFalse(open_one.sudo().executor_ids.mail_activity_id)

    def test_whole_days_are_those_of_the_responsible_person(self):
        meeting = self._meet(
            planned_start_at="2026-11-29 23:00:00",
            planned_stop_at="2026-12-01 23:00:00",
            is_all_day=True,
        )
        event = meeting.event_id
        self.assertTrue(event.allday)
        self.assertEqual(event.start_date, date(2026, 11, 30))
        self.assertEqual(event.stop_date, date(2026, 12, 1))
        event.write({"start_date": date(2026, 12, 7), "stop_date": date(2026, 12, 7)})
        self.assertEqual(meeting._get_planned_days(), (date(2026, 12, 7),) * 2)
        self.assertEqual(str(meeting.planned_start_at), "2026-12-06 23:00:00")

    def test_clients_attend_only_when_wanted(self):
        meeting = self._meet(partner_id=self.client_b.id)
        event = meeting.event_id
        self.assertNotIn(self.client_b, event.partner_ids)
        meeting.is_client_invited = True
        self.assertIn(self.client_b, event.partner_ids)
        guest = self.env["res.partner"].create({"name": "Guest"})
        event.partner_ids = [Command.link(guest.id)]
        meeting.is_client_invited = False
        self.assertEqual(event.partner_ids, self.anna.partner_id | guest)

    def test_executors_come_and_go(self):
        meeting = self._meet(self.anna)
        meeting.executor_ids = [Command.create({"user_id": self.piotr.id})]
        self.assertIn(self.piotr.partner_id, meeting.event_id.partner_ids)
        self._part(meeting, self.piotr).action_refuse()
        self.assertFalse(self._part(meeting, self.piotr).sudo().mail_activity_id)

    def test_many_are_planned_without_a_mail(self):
        before = self.env["mail.mail"].search_count([])
        notified = self.env["mail.notification"].search_count([])
        self.env["gestor.activity"].with_user(self.desk).create(
            [
                self._prepare_activity(
                    "meeting",
                    user_id=self.desk.id,
                    partner_id=self.client_b.id,
                    is_client_invited=True,
                    executor_ids=[
                        Command.create({"user_id": user.id})
                        for user in self.anna | self.piotr
                    ],
                )
                for _number in range(5)
            ]
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.assertEqual(self.env["mail.notification"].search_count([]), notified)

    def test_done_todo_finishes_the_part(self):
        task = self._create_activity(
            self.anna, self.anna, self.piotr, finish_rule="all"
        )
        todos = task.sudo().executor_ids.mail_activity_id
        self.assertEqual(todos.user_id, self.anna | self.piotr)
        mine = todos.filtered(lambda todo: todo.user_id == self.piotr)
        mine.with_user(self.piotr).action_feedback("Ready")
        self.assertEqual(self._part(task, self.piotr).state, "done")
        self.assertEqual(task.state, "in_progress")
        task.action_finish()
        self.assertEqual(task.state, "done")
        self.assertFalse(todos.filtered("active"))

    def test_meeting_of_a_deleted_activity_goes_along(self):
        meeting = self._meet()
        event, todo = meeting.event_id, meeting.sudo().executor_ids.mail_activity_id
        meeting.unlink()
        self.assertFalse(event.exists() or todo.exists())

    def test_kept_meeting_stands_in_the_calendar_once(self):
        meeting = self._meet()
        plain = self.env["calendar.event"].create(
            {"name": "Plain", "start": at(8), "stop": at(9)}
        )
        events = self.env["calendar.event"].with_user(self.anna)
        found = events.search(events._get_gestor_calendar_own_domain())
        self.assertIn(plain, found)
        self.assertNotIn(meeting.event_id, found)
