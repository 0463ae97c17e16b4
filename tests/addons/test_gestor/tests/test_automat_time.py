from datetime import datetime

from odoo.tests import freeze_time, tagged

from .automation_common import AutomatCommon


@tagged("post_install", "-at_install")
class TestAutomatTime(AutomatCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Europe/Warsaw"

    def _dated(self, field="date_due", **vals):
        with freeze_time("2026-03-01 00:00:00"):
            automat = self._create_automat(
                "date", date_field_id=self._field(field).id, **vals
            )
        return automat

    def _tick(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self._run_timed()

    def test_days_before_a_date_at_an_hour_of_the_company(self):
        automat = self._dated(offset_number=3, offset_unit="days", date_hour=9.5)
        self.orders.write({"date_due": "2026-03-31"})
        # 28 March, half past nine in Warsaw, where it is still winter time
        self._tick("2026-03-28 08:29:00")
        self.assertFalse(self._planned(automat))
        self._tick("2026-03-28 08:31:00", "2026-03-28 08:36:00", "2026-03-28 09:00:00")
        self.assertEqual(self._planned(automat).mapped("res_id"), self.orders.ids)
        self.assertEqual(
            self._planned(automat)[0].planned_at, datetime(2026, 3, 28, 8, 30)
        )

    def test_moved_date_is_an_event_of_its_own(self):
        automat = self._dated(offset_number=0, date_hour=8)
        self.orders[0].date_due = "2026-03-10"
        self._tick("2026-03-08 12:00:00", "2026-03-10 12:00:00")
        self.orders[0].date_due = "2026-03-12"
        self._tick("2026-03-11 12:00:00", "2026-03-12 12:00:00")
        self.assertEqual(len(self._planned(automat)), 2)

    def test_hours_after_a_moment(self):
        automat = self._dated(
            "visit_at", offset_number=2, offset_unit="hours", offset_direction="after"
        )
        self.orders[0].visit_at = "2026-03-05 10:15:00"
        self._tick("2026-03-05 12:10:00")
        self.assertFalse(self._planned(automat))
        self._tick("2026-03-05 12:15:00")
        self.assertEqual(self._planned(automat).res_id, self.orders[0].id)

    def test_month_after_the_last_day_of_january(self):
        automat = self._dated(
            offset_number=1, offset_unit="months", offset_direction="after", date_hour=0
        )
        self.orders[0].date_due = "2026-03-31"
        self._tick("2026-04-29 22:05:00", "2026-04-30 12:00:00", "2026-05-02 12:00:00")
        self.assertEqual(
            self._planned(automat).planned_at, datetime(2026, 4, 29, 22), "30 April"
        )

    def test_condition_is_asked_at_the_moment(self):
        automat = self._dated(filter_domain="[('state', '!=', 'closed')]")
        self.orders.write({"date_due": "2026-03-05"})
        self._tick("2026-03-04 12:00:00")
        self.orders[0].state = "closed"
        self._tick("2026-03-05 12:00:00")
        self.assertEqual(self._planned(automat).res_id, self.orders[1].id)

    def test_what_was_due_before_it_was_switched_on_is_left(self):
        automat = self._dated()
        automat.active = False
        self.orders.write({"date_due": "2026-03-05"})
        with freeze_time("2026-03-06 00:00:00"):
            automat.active = True
        self._tick("2026-03-06 12:00:00")
        self.assertFalse(self._planned(automat))

    def test_cycle_fires_once_for_each_occurrence_and_document(self):
        with freeze_time("2026-03-27 00:00:00"):
            automat = self._create_automat(
                "cycle",
                cycle_frequency="daily",
                cycle_start_at="2026-03-28 07:00:00",
                cycle_end="count",
                cycle_count=2,
                filter_domain=f"[('id', 'in', {self.orders.ids})]",
            )
        self._tick("2026-03-28 06:59:00")
        self.assertFalse(self._planned(automat))
        # eight in Warsaw, before and after the change of clocks
        self._tick("2026-03-28 07:01:00", "2026-03-28 07:06:00", "2026-03-29 06:01:00")
        self._tick("2026-03-30 06:01:00", "2026-03-31 06:01:00")
        self.assertEqual(
            sorted(self._planned(automat).mapped("planned_at")),
            [datetime(2026, 3, 28, 7)] * 2 + [datetime(2026, 3, 29, 6)] * 2,
        )

    def test_two_hosts_plan_an_occurrence_once(self):
        with freeze_time("2026-03-27 00:00:00"):
            automat = self._create_automat(
                "cycle",
                cycle_frequency="daily",
                cycle_start_at="2026-03-28 07:00:00",
                cycle_end="never",
                filter_domain=f"[('id', 'in', {self.orders.ids})]",
            )
        since, now = datetime(2026, 3, 28), datetime(2026, 3, 28, 12)
        automat._fire_cycle(since, now)
        automat._fire_cycle(since, now)
        self.assertEqual(len(self._planned(automat)), 2)
