from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import GestorTimeCommon


@tagged("post_install", "-at_install")
class TestForgotten(GestorTimeCommon):
    """Working hours 8 to 17 in Warsaw: in November the day ends at 16:00 UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Warsaw", "tz": "Europe/Warsaw"}
        )
        cls.env.company.write(
            {"resource_calendar_id": calendar.id, "gestor_time_forgotten_minutes": 60}
        )

    def _run(self, at):
        with freeze_time(at):
            self.entries._cron_stop_forgotten()

    def _start(self, at, user=None, activity=None):
        with freeze_time(at):
            self._clock(user).clock_start((activity or self.activity).id)

    def test_clock_is_stopped_at_the_end_of_the_day_and_the_user_is_told(self):
        self._start("2026-11-24 10:00:00")
        self._start("2026-11-24 16:30:00", self.other, self.foreign)
        self._run("2026-11-24 16:59:00")
        entry = self._entries_of(self.activity)
        self.assertEqual(entry.state, "running", "overtime is left alone for an hour")
        self._run("2026-11-24 17:00:00")
        self.assertRecordValues(
            entry, [{"state": "closed", "stop_at": datetime(2026, 11, 24, 16)}]
        )
        notice = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.user.partner_id.id)], limit=1, order="id desc"
        )
        self.assertIn("17:00", notice.mail_message_id.body)
        # who began after hours has until midnight of Warsaw
        evening = self._entries_of(self.foreign)
        self.assertEqual(evening.state, "running")
        self._run("2026-11-25 00:30:00")
        self.assertEqual(evening.stop_at, datetime(2026, 11, 24, 23))

    def test_clock_of_a_day_off_runs_until_midnight(self):
        self._start("2026-11-28 10:00:00")  # Saturday
        self._run("2026-11-28 20:00:00")
        self.assertEqual(self._entries_of(self.activity).state, "running")
        self._run("2026-11-29 06:00:00")
        self.assertEqual(
            self._entries_of(self.activity).stop_at, datetime(2026, 11, 28, 23)
        )

    def test_clock_over_the_change_of_hours_ends_at_the_local_hour(self):
        self._start("2026-03-27 09:00:00")  # Friday, 10:00 in winter time
        self._run("2026-03-30 06:00:00")  # Monday, in summer time
        self.assertEqual(
            self._entries_of(self.activity).stop_at, datetime(2026, 3, 27, 16)
        )

    def test_pause_of_a_night_is_the_end_of_work(self):
        self._start("2026-11-24 10:00:00")
        with freeze_time("2026-11-24 15:00:00"):
            self._clock().clock_pause()
        self._run("2026-11-24 20:00:00")
        self.assertEqual(self._entries_of(self.activity).state, "paused")
        self._run("2026-11-25 04:00:00")
        self.assertEqual(self._entries_of(self.activity).state, "closed")
