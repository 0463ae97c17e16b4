from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorOffersCommon

WINDOW = ("2026-05-01 00:00:00", "2026-06-01 00:00:00")


@tagged("post_install", "-at_install")
class TestProcessCalendar(GestorOffersCommon):
    """Offer processes among all that has a time, as a salesperson sees them."""

    @classmethod
    def _create_process(cls, deadline="2026-05-12", user=None, **vals):
        user = user or cls.salesperson
        return cls.env["crm.lead"].create(
            {
                "name": "Mill",
                "type": "opportunity",
                "partner_id": cls.client.id,
                "user_id": user.id,
                "date_deadline": deadline,
                **vals,
            }
        )

    def _get_items(self, user=None, window=WINDOW, **filters):
        calendar = self.env["gestor.calendar"].with_user(user or self.salesperson)
        items = calendar.get_items(*window, filters)["items"]
        return [item for item in items if item["model"] == "crm.lead"]

    def _move(self, process, day, seen, user=None):
        moments = [
            f"2026-05-{number:02} 00:00:00" for number in (day, day + 1, seen, seen + 1)
        ]
        calendar = self.env["gestor.calendar"].with_user(user or self.salesperson)
        calendar.move("crm.lead", process.id, *moments)

    def test_process_stands_on_its_deadline(self):
        process = self._create_process()
        self._create_process(deadline="2026-06-01")
        self._create_process(deadline=False)
        self._create_process(type="lead")
        (item,) = self._get_items()
        self.assertEqual(item["id"], process.id)
        self.assertTrue(item["all_day"])
        self.assertEqual(item["start"], "2026-05-12 00:00:00")
        self.assertEqual(item["stop"], "2026-05-13 00:00:00")
        self.assertEqual(item["kind"], "offer_process")
        self.assertEqual(item["user_ids"], self.salesperson.ids)

    def test_process_without_deadline_stands_on_its_next_step(self):
        process = self._create_process(deadline=False)
        for day in ("2026-05-20", "2026-05-12"):
            process.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day,
                user_id=self.salesperson.id,
            )
        (item,) = self._get_items()
        self.assertEqual(item["start"], "2026-05-12 00:00:00")
        later = ("2026-05-15 00:00:00", "2026-05-31 00:00:00")
        self.assertFalse(self._get_items(window=later))
        self._move(process, 18, seen=12)
        self.assertEqual(process.activity_date_deadline, date(2026, 5, 18))
        self.assertFalse(process.date_deadline)

    def test_dragging_writes_the_deadline_and_reminders_follow(self):
        process = self._create_process()
        reminder = process.with_user(self.salesperson)._gestor_calendar_remind(60)
        self._move(process, 20, seen=12)
        self.assertEqual(process.date_deadline, date(2026, 5, 20))
        self.assertEqual(reminder.remind_at.date(), date(2026, 5, 19))
        days = self.env["gestor.calendar.day"].with_user(self.salesperson)
        calendar = self.env["gestor.calendar"].with_user(self.salesperson)
        seen = ("2026-05-20 00:00:00", "2026-05-21 00:00:00")
        with self.assertRaisesRegex(UserError, "one day"):
            calendar.move("crm.lead", process.id, seen[0], "2026-05-23 00:00:00", *seen)
        result = days.shift([["crm.lead", process.id]], days=2)
        self.assertEqual(result, {"done": 1, "failed": []})
        self.assertEqual(process.date_deadline, date(2026, 5, 22))

    def test_won_and_lost_processes_do_not_move(self):
        won, lost = self._create_process(), self._create_process()
        won.action_set_won()
        lost.action_set_lost()
        (item,) = self._get_items(window=WINDOW)
        self.assertEqual((item["id"], item["state"]), (won.id, "done"))
        self.assertFalse(item["can_move"])

    def test_others_do_not_see_or_move_it(self):
        process = self._create_process()
        self.assertFalse(self._get_items(self.other_salesperson))
        days = self.env["gestor.calendar.day"].with_user(self.other_salesperson)
        result = days.shift([["crm.lead", process.id]], days=2)
        self.assertEqual(result["done"], 0)
        self.assertEqual(process.date_deadline, date(2026, 5, 12))

    def test_process_is_delegated_once(self):
        process = self._create_process()
        days = self.env["gestor.calendar.day"].with_user(self.offer_manager)
        pair = [["crm.lead", process.id]]
        result = days.delegate(pair, self.other_salesperson.id)
        self.assertEqual(result, {"done": 1, "failed": []})
        self.assertEqual(process.user_id, self.other_salesperson)
        again = days.delegate(pair, self.other_salesperson.id)
        self.assertIn("has it already", again["failed"][0]["reason"])

    def test_selected_day_is_the_deadline_of_a_new_process(self):
        leads = self.env["crm.lead"].with_user(self.salesperson)
        moments = (datetime(2026, 5, 12), datetime(2026, 5, 13))
        action = leads._gestor_calendar_create_action(*moments, all_day=True)
        self.assertEqual(action["context"]["default_date_deadline"], date(2026, 5, 12))
        self.assertIsNone(leads._gestor_calendar_create_action(*moments))

    def test_number_of_queries_does_not_grow(self):
        for number in range(60):
            self._create_process(deadline=f"2026-05-{number % 28 + 1:02}")
            if number == 9:
                self._count_queries()
                few = self._count_queries()
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        leads = self.env["crm.lead"].with_user(self.salesperson)
        leads._gestor_calendar_items(datetime(2026, 5, 1), datetime(2026, 6, 1), [])
        return self.env.cr.sql_log_count - before
