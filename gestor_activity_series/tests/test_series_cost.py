from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import NOW, SeriesCommon

FEW, MANY = 10, 90
#: whole weeks, so that five of them end before the horizon
YEAR = 364
#: more rows than any of these tests writes
BATCH = 10_000


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSeriesCost(SeriesCommon):
    """Ninety occurrences cost as many queries as ten, and nobody is flooded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls.env.ref("gestor_activities.gestor_activity_type_meeting")

    def _count(self, work):
        # one statement of the host takes a hundred rows, of any number: rows of one
        # kind are meant to come together, in however many hundreds
        with (
            patch("odoo.orm.models.INSERT_BATCH_SIZE", BATCH),
            patch("odoo.orm.models.UPDATE_BATCH_SIZE", BATCH),
        ):
            return self._count_queries(work)

    def _count_queries(self, work):
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

    def test_making_costs_the_same(self):
        # the host begins a sequence of numbers with the first one of each year
        self._daily(MANY)
        few, many = (
            self._count(lambda count=count: self._daily(count)) for count in (FEW, MANY)
        )
        self.assertLessEqual(many, few + 2)

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

    def test_five_years_cost_the_same_as_one(self):
        day = {"cycle_start_at": datetime(2026, 10, 26, 12, 0)}
        made, moved = [], []
        # the host begins a sequence of numbers with the first one of each year
        self._create_series(
            type_id=self.meeting.id, cycle_frequency="yearly", cycle_count=5
        )
        for count in (YEAR, 5 * YEAR):
            known = self.env["gestor.activity.series"].search([])
            made.append(self._count(lambda count=count: self._daily(count)))
            series = self.env["gestor.activity.series"].search([]) - known
            self.assertEqual(len(series.activity_ids), count)
            series = series.with_user(self.anna)
            moved.append(self._count(lambda series=series: series.write(day)))
            events = series.activity_ids.event_id
            # one o'clock in Warsaw, winter and summer
            self.assertEqual({event.start.hour for event in events}, {11, 12})
            self.assertEqual(len(events), count)
        for few, many in (made, moved):
            self.assertLessEqual(many, few + 2)

    def test_other_weekday_costs_the_same(self):
        counts = []
        for count in (1, FEW, MANY):
            series = self._create_series(cycle_count=count, type_id=self.meeting.id)
            vals = {"mon": False, "thu": True}
            counts.append(self._count(lambda s=series, v=vals: s.write(v)))
        self.assertLessEqual(counts[2], counts[1] + 2)

    def test_renaming_costs_the_same(self):
        counts = []
        for count in (1, FEW, MANY):
            series = self._daily(count)
            counts.append(self._count(lambda s=series: s.write({"name": "Renamed"})))
            self.assertEqual(set(series.activity_ids.mapped("name")), {"Renamed"})
        self.assertLessEqual(counts[2], counts[1] + 2)

    def test_cancelling_costs_the_same(self):
        counts = []
        for count in (1, FEW, MANY):
            series = self._daily(count)
            counts.append(self._count(series.action_end))
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
