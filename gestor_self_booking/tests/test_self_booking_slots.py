from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import MONDAY, NOW, GestorSelfBookingCommon, at

HALF = 30


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingSlots(GestorSelfBookingCommon):
    """When somebody is free."""

    def _users(self, start, page=None):
        return (page or self.page)._gestor_slots(60).get(start, self.env["res.users"])

    def test_hours_of_the_page_are_cut_into_slots(self):
        self.assertEqual(self._starts(), [at(7), at(7, minute=HALF), at(8)])
        self.assertEqual(self._users(at(7)), self.anna | self.piotr)

    def test_activity_makes_its_executors_busy(self):
        self._create_activity(self.anna, kind="meeting", start=7, stop=8)
        self.assertEqual(self._users(at(7)), self.piotr)
        self.assertEqual(self._users(at(8)), self.anna | self.piotr)

    def test_activity_that_is_over_leaves_its_executors_free(self):
        activity = self._create_activity(self.anna, kind="meeting", start=7, stop=8)
        activity._gestor_finish("cancelled")
        self.assertEqual(self._users(at(7)), self.anna | self.piotr)

    def test_executor_who_refused_is_free(self):
        activity = self._create_activity(
            self.piotr, self.anna, kind="meeting", start=7, stop=8
        )
        self._part(activity, self.anna).action_refuse()
        self.assertEqual(self._users(at(7)), self.anna | self.piotr)

    def test_all_day_meeting_takes_the_day_and_all_day_task_does_not(self):
        task = self._create_activity(self.anna, is_all_day=True, start=7, stop=8)
        self.assertIn(self.anna, self._users(at(8)))
        task.type_id = self.types["meeting"]
        self.assertNotIn(self.anna, self._users(at(8)))
        self.assertIn(self.anna, self._users(at(8, day=1)))

    def _create_event(self, **vals):
        return self.env["calendar.event"].create(
            {
                "name": "Dentist",
                "start": at(7),
                "stop": at(8),
                "partner_ids": [Command.set(self.anna.partner_id.ids)],
                **vals,
            }
        )

    def test_meeting_of_the_calendar_makes_busy_unless_declined_or_free(self):
        event = self._create_event()
        self.assertEqual(self._users(at(7)), self.piotr)
        event.attendee_ids.state = "declined"
        self.assertIn(self.anna, self._users(at(7)))
        event.attendee_ids.state = "accepted"
        self.assertNotIn(self.anna, self._users(at(7)))
        event.show_as = "free"
        self.assertIn(self.anna, self._users(at(7)))

    def test_all_day_meeting_of_the_calendar_takes_the_day(self):
        self._create_event(
            allday=True, start_date=MONDAY.date(), stop_date=MONDAY.date()
        )
        self.assertEqual(self._users(at(8)), self.piotr)
        self.assertIn(self.anna, self._users(at(7, day=1)))

    def test_leaves_of_a_person_and_of_the_company_are_no_working_time(self):
        resource = self.env["resource.resource"].create(
            {"name": "Anna", "user_id": self.anna.id}
        )
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "calendar_id": resource.calendar_id.id,
                "date_from": at(0),
                "date_to": at(22),
            }
        )
        self.assertEqual(self._users(at(7)), self.piotr)
        leave.write({"resource_id": False, "calendar_id": False})
        self.assertFalse(self._users(at(7)))
        self.assertTrue(self._users(at(7, day=1)))

    def test_buffers_are_kept_around_visits_and_other_work(self):
        page = self._create_page(
            user_ids=[Command.set(self.anna.ids)], buffer_after_minutes=30
        )
        self._create_activity(self.anna, kind="meeting", start=8, stop=9)
        self.assertEqual(self._starts(page), [])
        self.assertEqual(self._starts(page, minutes=30), [at(7)])

    def test_buffers_of_a_visit_hold_on_other_pages_too(self):
        page = self._create_page(
            user_ids=[Command.set(self.anna.ids)], buffer_after_minutes=30
        )
        self._book(at(7), page=page)
        other = self._create_page(user_ids=[Command.set(self.anna.ids)])
        self.assertEqual(self._starts(other, minutes=30), [at(8, minute=HALF)])

    def test_notice_and_horizon_limit_the_slots(self):
        self.page.min_notice_hours = 24 * 3  # Monday noon
        self.assertEqual(self._starts(), [])
        self.page.write({"min_notice_hours": 67, "max_days": 3})  # 7:00 to noon
        self.assertEqual(list(self.page._gestor_slots(60))[0], at(7))
        self.assertEqual(list(self.page._gestor_slots(60))[-1], at(8))

    def test_person_with_enough_visits_takes_no_more_that_day(self):
        self.page.max_per_day = 1
        self._book(at(7))
        self.assertEqual(self._users(at(8)), self.piotr)
        self.assertEqual(self._users(at(8, day=1)), self.anna | self.piotr)

    def test_working_hours_are_those_of_the_person(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Early",
                "tz": "Europe/Warsaw",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Monday",
                            "dayofweek": "0",
                            "hour_from": 5,
                            "hour_to": 7,
                            "day_period": "morning",
                        }
                    )
                ],
            }
        )
        self.env["resource.resource"].create(
            {"name": "Anna", "user_id": self.anna.id, "calendar_id": calendar.id}
        )
        page = self._create_page(
            hours_kind="calendar", user_ids=[Command.set(self.anna.ids)]
        )
        self.assertEqual(self._starts(page), [at(4), at(4, minute=HALF), at(5)])

    def test_who_has_no_working_hours_is_offered_in_those_of_an_office(self):
        self.env.company.resource_calendar_id = False
        page = self._create_page(
            hours_kind="calendar", user_ids=[Command.set(self.anna.ids)]
        )
        starts = self._starts(page)
        self.assertEqual((starts[0], starts[-1]), (at(7), at(14)))

    def test_hours_follow_both_changes_of_the_clock(self):
        """Eight in Warsaw is seven UTC in winter and six in summer."""
        cases = {"2026-10-22": (6, 7), "2027-03-25": (7, 6)}
        for now, (before, after) in cases.items():
            with self.subTest(now=now), freeze_time(f"{now} 12:00:00"):
                slots = list(self.page._gestor_slots(60))
                hours = {}
                for start in slots:
                    hours.setdefault(start.date(), start.hour)
                days = sorted(hours)
                # Friday before the Sunday of the change, Monday after it
                self.assertEqual((hours[days[0]], hours[days[1]]), (before, after))

    def test_night_of_the_change_has_the_hour_twice_or_not_at_all(self):
        sundays = {datetime(2026, 10, 25): 3, datetime(2027, 3, 28): 1}
        page = self._create_page(
            window_ids=[Command.create({"weekday": "6", "hour_from": 1, "hour_to": 3})],
            user_ids=[Command.set(self.anna.ids)],
        )
        for sunday, visits in sundays.items():
            with self.subTest(sunday=sunday), freeze_time(sunday - timedelta(days=2)):
                page.step_minutes = 60
                slots = page._gestor_slots(60, stop=sunday + timedelta(hours=12))
                self.assertEqual(len(slots), visits)

    def test_queries_depend_neither_on_days_nor_on_people_nor_on_work(self):
        def count(page):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page._gestor_slots(60)
            return self.cr.sql_log_count - before

        few = self._create_page(max_days=4)
        self._create_activity(self.anna, kind="meeting")
        self._create_event()
        count(few)
        small = count(few)
        people = self.env["res.users"].union(
            *(
                self._create_user(f"many{number}", "base.group_user")
                for number in range(8)
            )
        )
        many = self._create_page(max_days=60, user_ids=[Command.set(people.ids)])
        for person in people:
            for day in range(5):
                self._create_activity(self.desk, person, kind="meeting", day=day)
                self._create_event(partner_ids=[Command.set(person.partner_id.ids)])
        self.assertLessEqual(count(many), small)

    def test_wrong_settings_are_refused_with_a_reason(self):
        wrong = (
            {"durations": "abc"},
            {"durations": ""},
            {"durations": "3"},
            {"slug": "Żółw"},
            {"slug": "a/b"},
            {"user_ids": [Command.clear()]},
            {"window_ids": [Command.clear()]},
        )
        for vals in wrong:
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.page.write(vals)
        self.page.write({"durations": "30, 60;90", "slug": "talk-with-us"})
        self.assertEqual(self.page._get_durations(), [30, 60, 90])

    def test_people_of_another_company_are_refused(self):
        other = self.env["res.company"].create({"name": "Second"})
        with self.assertRaises(ValidationError):
            self.page.company_id = other
        with self.assertRaises(ValidationError):
            self._create_page(company_id=other.id)

    def test_person_who_left_is_not_offered(self):
        self.anna.active = False
        self.assertEqual(self._users(at(7)), self.piotr)

    def test_page_open_day_and_night_has_the_same_grid_at_every_moment(self):
        page = self._create_page(
            window_ids=[
                (0, 0, {"weekday": str(day), "hour_from": 0, "hour_to": 24})
                for day in range(7)
            ]
        )
        for minute in (0, 17, 48):
            with freeze_time(datetime.fromisoformat(NOW).replace(minute=minute)):
                slots = page._gestor_slots(60)
                self.assertEqual({start.minute for start in slots}, {0, 30})
                self.assertIn(at(7), page._gestor_slots(60, start=at(7), stop=at(7)))
