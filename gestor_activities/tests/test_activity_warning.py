from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, GestorActivitiesCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityWarning(GestorActivitiesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "Mornings",
                "tz": "Europe/Warsaw",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Morning",
                                "dayofweek": str(day),
                                "hour_from": 8,
                                "hour_to": 14,
                                "day_period": "morning",
                            }
                        )
                        for day in range(5)
                    ),
                ],
            }
        )
        cls.env["resource.resource"].create(
            {"name": "Anna", "user_id": cls.anna.id, "calendar_id": calendar.id}
        )

    def test_within_working_hours_nothing_is_said(self):
        self.assertFalse(self._create_activity(start=8, stop=13).planning_warning)

    def test_outside_working_hours_is_told(self):
        for vals in ({"start": 12, "stop": 15}, {"day": 5}):
            warning = self._create_activity(**vals).planning_warning
            self.assertEqual(
                warning, f"Outside the working hours of: {self.anna.name}."
            )

    def test_overlap_is_told_by_name_to_who_may_read(self):
        first = self._create_activity(name="First")
        second = self._create_activity(name="Second", start=8, stop=10)
        next_one = self._create_activity(start=10, stop=11)
        self.assertIn(first.display_name, second.planning_warning)
        self.assertFalse(next_one.planning_warning)
        first.action_cancel()
        second.invalidate_recordset()
        self.assertFalse(second.planning_warning)

    def test_closed_activities_warn_of_nothing(self):
        activity = self._create_activity(day=5)
        self.assertTrue(activity.planning_warning)
        activity.action_finish()
        self.assertFalse(activity.planning_warning)

    def _limit(self, partner, hour_from, hour_to):
        """Let a client be contacted only on Mondays between two hours, in Warsaw."""
        days = ("tuesday", "wednesday", "thursday", "friday")
        hours = {f"is_{day}": False for day in days}
        hours |= {"hour_from": hour_from, "hour_to": hour_to}
        partner.write(
            {
                "tz": "Europe/Warsaw",
                "gestor_contact_window_ids": [Command.create(hours)],
            }
        )

    def test_planning_outside_the_contact_hours_is_told(self):
        self._limit(self.client_a, 9, 10)
        self._limit(self.client_b, 9, 12)
        # 8:00 UTC is 9:00 in Warsaw
        activity = self._create_activity(partner_id=self.client_a.id)
        self.assertFalse(activity.planning_warning)
        activity.planned_start_at = at(9)
        activity.planned_stop_at = at(10)
        self.assertEqual(
            activity.planning_warning, "Outside the contact hours of: Alfa."
        )
        # of several clients only those who are meant
        activity.client_ids = [Command.create({"partner_id": self.client_b.id})]
        self.assertIn("of: Alfa.", activity.planning_warning)
        activity.write({"planned_start_at": at(8, 1), "planned_stop_at": at(9, 1)})
        self.assertIn("of: Alfa, Beta.", activity.planning_warning)

    def test_activity_of_a_whole_day_minds_the_days_of_contact(self):
        self._limit(self.client_a, 9, 10)
        activity = self._create_activity(partner_id=self.client_a.id, is_all_day=True)
        self.assertFalse(activity.planning_warning)
        activity.write({"planned_start_at": at(8, 1), "planned_stop_at": at(9, 1)})
        self.assertIn("contact hours", activity.planning_warning)

    def test_form_warns_of_the_contact_hours_before_it_is_saved(self):
        self._limit(self.client_a, 9, 10)
        activities = self.env["gestor.activity"].with_user(self.anna)
        new = activities.new(
            self._prepare_activity(start=10, stop=11, partner_id=self.client_a.id)
        )
        self.assertIn("contact hours", new.planning_warning)

    def test_form_warns_before_it_is_saved(self):
        new = (
            self.env["gestor.activity"]
            .with_user(self.anna)
            .new(
                self._prepare_activity(
                    start=15,
                    stop=16,
                    executor_ids=[Command.create({"user_id": self.anna.id})],
                )
            )
        )
        self.assertIn("working hours", new.planning_warning)

    def _measure(self, records, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        # a prefetch of its own, as another request would have
        work(records.browse(records.ids))
        return self.cr.sql_log_count - before

    def _create_many(self, count):
        """Create activities that overlap, out of hours, each with its own client."""
        clients = self.env["res.partner"].create(
            [{"name": f"Client {number}"} for number in range(count)]
        )
        return (
            self.env["gestor.activity"]
            .with_user(self.desk)
            .create(
                [
                    self._prepare_activity(
                        start=15 + number % 3,
                        stop=18,
                        partner_id=client.id,
                        executor_ids=[Command.create({"user_id": self.anna.id})],
                    )
                    for number, client in enumerate(clients)
                ]
            )
        )

    def test_warning_calendar_and_list_of_many(self):
        """Ninety cost no more queries than ten: warnings, calendar items, the list."""
        many = self._create_many(90)
        few = many[:10]
        model = many.env["gestor.activity"]
        fields = ["name", "partner_id", "user_id", "state", "is_late", "type_id"]
        works = {
            "warnings": lambda records: records._gestor_planning_warnings(),
            "calendar": lambda records: model._gestor_calendar_items(
                at(0), at(23), [("id", "in", records.ids)]
            ),
            "list": lambda records: model.search_read(
                [("id", "in", records.ids)], fields
            ),
        }
        for name, work in works.items():
            # once for the rules and settings, with nothing in the cache
            self._measure(many, work)
            with self.subTest(name):
                cheap, dear = (self._measure(records, work) for records in (few, many))
                self.assertLessEqual(dear, cheap)
