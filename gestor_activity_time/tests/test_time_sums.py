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

    def test_card_of_the_client_has_the_sum_of_what_the_user_may_read(self):
        start = datetime(2026, 11, 24, 8)
        contact = self.env["res.partner"].create(
            {"name": "Ola", "parent_id": self.client_a.id}
        )
        with_contact = self._create_activity(self.user, partner_id=contact.id)
        foreign = self._create_activity(self.other, partner_id=self.client_a.id)
        hour = timedelta(hours=1)
        self._enter(self.user, self.activity, start, start + hour)
        self._enter(self.user, with_contact, start + hour, start + 2 * hour)
        self._enter(self.other, foreign, start, start + 2 * hour)
        for user, hours in ((self.user, 2), (self.leader, 4)):
            partner = self.client_a.with_user(user)
            self.assertAlmostEqual(partner.gestor_spent_hours, hours)
            action = partner.action_gestor_spent_time()
            entries = self._clock(user).search(action["domain"])
            self.assertAlmostEqual(sum(entries.mapped("hours")), hours)
        self.assertAlmostEqual(contact.with_user(self.user).gestor_spent_hours, 1)

    def test_sums_of_many_clients_cost_the_same(self):
        partners = self.env["res.partner"].create(
            [{"name": f"C{number}"} for number in range(90)]
        )
        counts = []
        for number in (10, 10, 90):  # the first fills the caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.with_user(self.leader)[:number].mapped("gestor_spent_hours")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
