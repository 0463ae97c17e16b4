from datetime import datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import GestorCalendarCommon


@tagged("post_install", "-at_install")
class TestEvents(GestorCalendarCommon):
    def test_user_sees_meetings_of_people_laid_over_each_other(self):
        mine = self._create_event(self.user, name="Mine")
        theirs = self._create_event(self.colleague, name="Theirs", start="2026-05-13")
        items = self._get_items(self.user, user_ids=self.user.ids)
        self.assertEqual([item["id"] for item in items], mine.ids)
        both = self._get_items(self.user, user_ids=(self.user | self.colleague).ids)
        self.assertEqual({item["id"] for item in both}, {mine.id, theirs.id})
        self.assertEqual(both[0]["start"], "2026-05-12 08:00:00")
        self.assertEqual(
            {item["id"]: item["can_move"] for item in both},
            {mine.id: True, theirs.id: False},
        )

    def test_client_stands_for_the_whole_firm(self):
        event = self._create_event(
            self.user,
            partner_ids=[Command.set([self.user.partner_id.id, self.contact.id])],
        )
        self._create_event(self.user, name="Other")
        items = self._get_items(self.user, partner_ids=self.client.ids)
        self.assertEqual([item["id"] for item in items], event.ids)
        self.assertEqual(items[0]["partner_ids"], self.contact.ids)
        self.assertEqual(items[0]["user_ids"], self.user.ids)

    def test_private_meeting_of_others_is_only_busy(self):
        self._create_event(
            self.colleague,
            name="Secret",
            privacy="private",
            partner_ids=[Command.set([self.colleague.partner_id.id, self.contact.id])],
        )
        (item,) = self._get_items(self.user, user_ids=self.colleague.ids)
        self.assertEqual(item["title"], "Busy")
        self.assertTrue(item["is_busy_only"])
        self.assertFalse(item["partner_ids"])
        self.assertFalse(item["can_move"])
        self.assertNotIn("Secret", str(item))
        self.env.invalidate_all()
        (own,) = self._get_items(self.colleague, user_ids=self.colleague.ids)
        self.assertEqual(own["title"], "Secret")

    def test_whole_days_are_in_no_time_zone(self):
        self._create_event(
            self.user,
            allday=True,
            start_date="2026-05-12",
            stop_date="2026-05-13",
        )
        (item,) = self._get_items(self.user, user_ids=self.user.ids)
        self.assertTrue(item["all_day"])
        self.assertEqual(item["start"], "2026-05-12 00:00:00")
        self.assertEqual(item["stop"], "2026-05-14 00:00:00")

    def test_whole_day_moves_by_days(self):
        event = self._create_event(
            self.user, allday=True, start_date="2026-05-12", stop_date="2026-05-13"
        )
        self.env["gestor.calendar"].with_user(self.user).move(
            "calendar.event",
            event.id,
            "2026-05-20 00:00:00",
            "2026-05-22 00:00:00",
            "2026-05-12 00:00:00",
            "2026-05-14 00:00:00",
        )
        self.assertEqual(str(event.start_date), "2026-05-20")
        self.assertEqual(str(event.stop_date), "2026-05-21")

    def test_what_moved_in_the_meantime_stays(self):
        event = self._create_event(self.user)
        calendar = self.env["gestor.calendar"].with_user(self.user)
        seen = ("2026-05-12 08:00:00", "2026-05-12 09:00:00")
        calendar.move(
            "calendar.event",
            event.id,
            "2026-05-12 10:00:00",
            "2026-05-12 12:00:00",
            *seen,
        )
        self.assertEqual(event.stop, datetime(2026, 5, 12, 12))
        with self.assertRaisesRegex(UserError, "in the meantime"):
            calendar.move(
                "calendar.event",
                event.id,
                "2026-05-14 10:00:00",
                "2026-05-14 11:00:00",
                *seen,
            )
        self.assertEqual(event.start, datetime(2026, 5, 12, 10))

    def test_meeting_of_others_is_not_moved(self):
        event = self._create_event(self.colleague)
        with self.assertRaisesRegex(UserError, "must not be moved"):
            self.env["gestor.calendar"].with_user(self.user).move(
                "calendar.event",
                event.id,
                "2026-05-12 10:00:00",
                "2026-05-12 11:00:00",
                "2026-05-12 08:00:00",
                "2026-05-12 09:00:00",
            )

    def test_end_before_beginning_is_refused(self):
        event = self._create_event(self.user)
        with self.assertRaisesRegex(UserError, "before the beginning"):
            self.env["gestor.calendar"].with_user(self.user).move(
                "calendar.event",
                event.id,
                "2026-05-12 10:00:00",
                "2026-05-12 09:00:00",
                "2026-05-12 08:00:00",
                "2026-05-12 09:00:00",
            )

    def test_delegated_meeting_goes_to_the_colleague(self):
        event = self._create_event(self.user)
        days = self.env["gestor.calendar.day"].with_user(self.user)
        result = days.delegate([["calendar.event", event.id]], self.colleague.id)
        self.assertEqual(result, {"done": 1, "failed": []})
        self.assertEqual(event.user_id, self.colleague)
        self.assertEqual(event.partner_ids, self.colleague.partner_id)
        again = days.delegate([["calendar.event", event.id]], self.colleague.id)
        self.assertEqual(again["done"], 0)
        self.assertIn("only its organizer", again["failed"][0]["reason"])

    def test_selection_offers_a_new_meeting(self):
        creations = (
            self.env["gestor.calendar"]
            .with_user(self.user)
            .get_creations("2026-05-12 08:00:00", "2026-05-12 09:30:00")
        )
        (action,) = [
            creation["action"]
            for creation in creations
            if creation["action"]["res_model"] == "calendar.event"
        ]
        self.assertEqual(action["context"]["default_duration"], 1.5)

    def test_preferences_are_remembered_and_cleaned(self):
        calendar = self.env["gestor.calendar"].with_user(self.user)
        first = calendar.get_setup()["preferences"]
        self.assertEqual(first["mode"], "work_week")
        self.assertEqual(first["user_ids"], self.user.ids)
        calendar.set_preferences(
            {"mode": "month", "color_by": "person", "user_ids": [1, "x"], "junk": 1}
        )
        self.assertEqual(
            calendar.get_setup()["preferences"],
            {
                "mode": "month",
                "color_by": "person",
                "user_ids": [1],
                "partner_ids": [],
                "resource_ids": [],
                "hidden_kinds": [],
            },
        )
        theirs = self.env["gestor.calendar"].with_user(self.colleague).get_setup()
        self.assertEqual(theirs["preferences"]["mode"], "work_week")

    def test_viewer_begins_with_everybody(self):
        viewer = self._create_user(
            "calendar_viewer", "gestor_base.gestor_base_group_viewer"
        )
        setup = self.env["gestor.calendar"].with_user(viewer).get_setup()
        self.assertFalse(setup["preferences"]["user_ids"])

    def test_number_of_queries_does_not_grow(self):
        for number in range(90):
            self._create_event(
                self.user if number % 2 else self.colleague,
                start=f"2026-05-{number % 28 + 1:02} 08:00:00",
                privacy="private" if number % 3 else "public",
            )
            if number == 9:
                self._count_queries()
                few = self._count_queries()
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._get_items(self.user)
        return self.env.cr.sql_log_count - before
