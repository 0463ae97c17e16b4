from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW, GestorTimeCommon


@tagged("post_install", "-at_install")
class TestTimeSums(GestorTimeCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))

    def test_rounding_is_for_reports_only(self):
        start = datetime(2026, 11, 24, 8)
        for minutes in (7, 15, 16):
            self._enter(
                self.user, self.activity, start, start + timedelta(minutes=minutes)
            )
            start += timedelta(hours=0.5)
        report = self.env["gestor.activity.time.report"].with_user(self.user)
        domain = [("activity_id", "=", self.activity.id)]
        for rounding, total in ((0, 38 / 60), (15, 1.0)):
            self.env.company.gestor_time_rounding_minutes = rounding
            self.env.flush_all()
            [(client, hours, rounded)] = report._read_group(
                domain, ["partner_id"], ["hours:sum", "rounded_hours:sum"]
            )
            self.assertEqual(client, self.client_a)
            self.assertAlmostEqual(hours, 38 / 60)
            self.assertAlmostEqual(rounded, total)

    def test_hours_count_for_the_documents_an_activity_is_linked_with(self):
        start = datetime(2026, 11, 24, 8)
        self._enter(self.user, self.activity, start, start + timedelta(hours=1))
        self._enter(self.user, self.second, start, start + timedelta(minutes=30))
        documents = self._create_activity(self.user, name="Linked") + self.foreign
        self.activity._gestor_link(documents[0])
        self.second._gestor_link(documents[0])
        hours = self._clock()._gestor_hours_by_document(documents)
        self.assertEqual(hours, {documents[0].id: 1.5, documents[1].id: 0.0})

    def test_list_of_activities_costs_the_same_for_few_and_many(self):
        start = datetime(2026, 11, 24, 8)
        activities = self.env["gestor.activity"].create(
            [
                {
                    "name": str(number),
                    "user_id": self.user.id,
                    "planned_start_at": start,
                }
                for number in range(90)
            ]
        )
        self._clock().create(
            [
                {
                    "activity_id": activity.id,
                    "start_at": start,
                    "stop_at": start + timedelta(hours=1),
                }
                for activity in activities
            ]
        )
        counts = []
        for number in (10, 10, 90):  # the first fills the caches
            self.env.flush_all()
            self.env.invalidate_all()
            batch = activities.with_user(self.user)[:number]
            before = self.env.cr.sql_log_count
            rows = batch.read(["name", "spent_hours", "clock_state"])
            batch.executor_ids.mapped("spent_hours")
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual({row["spent_hours"] for row in rows}, {1.0})
        self.assertEqual(counts[1], counts[2])
