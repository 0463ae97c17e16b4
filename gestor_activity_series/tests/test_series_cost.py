from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import NOW, SeriesCommon

FEW, MANY = 10, 90


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSeriesCost(SeriesCommon):
    """Ninety are moved with as many queries as ten, and nobody is flooded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls.env.ref("gestor_activities.gestor_activity_type_meeting")

    def _count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _daily(self, count, **vals):
        return self._create_series(
            type_id=self.meeting.id,
            cycle_frequency="daily",
            cycle_count=count,
            executor_user_ids=[Command.set((self.anna | self.piotr).ids)],
            client_ids=[Command.create({"partner_id": self.client.id})],
            **vals,
        )

    def test_moving_costs_the_same(self):
        counts = []
        for count in (1, FEW, MANY):
            series = self._daily(count)
            vals = {"cycle_start_at": datetime(2026, 10, 26, 12, 0)}
            counts.append(self._count(lambda s=series, v=vals: s.write(v)))
            hours = {a.planned_start_at.hour for a in series.activity_ids}
            self.assertEqual(hours, {12})
            events = series.activity_ids.event_id
            self.assertEqual(len(events), count)
            self.assertEqual({e.start.hour for e in events}, {12})
        self.assertLessEqual(counts[2], counts[1] + 2)

    def test_other_weekday_costs_the_same(self):
        counts = []
        for count in (1, FEW, MANY):
            series = self._create_series(cycle_count=count, type_id=self.meeting.id)
            vals = {"mon": False, "thu": True}
            counts.append(self._count(lambda s=series, v=vals: s.write(v)))
        self.assertLessEqual(counts[2], counts[1] + 2)

    def test_colleague_gets_one_message_and_the_client_none(self):
        mails = self.env["mail.mail"].search_count([])
        before = self.env["mail.notification"].search_count([])
        self.client.email = "client@example.com"
        series = self._daily(30)
        series.write({"cycle_start_at": datetime(2026, 10, 26, 12, 0)})
        self.assertEqual(self.env["mail.notification"].search_count([]), before + 1)
        new = self.env["mail.mail"].search_count([]) - mails
        self.assertLessEqual(new, 1)
