from odoo.tests import tagged

from .common import GestorCalendarCommon


@tagged("post_install", "-at_install")
class TestDayPrint(GestorCalendarCommon):
    def test_plan_of_a_day_is_printed_in_polish(self):
        self._create_event(self.user, name="Fair", start="2026-05-12 08:00:00")
        self._create_event(
            self.colleague,
            name="Hidden",
            privacy="private",
            start="2026-05-12 09:00:00",
        )
        days = self.env["gestor.calendar.day"].with_user(self.user)
        days = days.with_context(lang="pl_PL", tz="Europe/Warsaw")
        users = self.user | self.colleague
        action = days.print_plan("2026-05-12", users.ids)
        report = self.env["ir.actions.report"].with_user(self.user)
        html, _kind = report.with_context(
            lang="pl_PL", tz="Europe/Warsaw"
        )._render_qweb_html(action["report_name"], users.ids, data=action["data"])
        text = html.decode()
        self.assertIn("10:00–11:00", text)
        self.assertIn("Fair", text)
        self.assertNotIn("Hidden", text)
        self.assertIn("wtorek, 12 maja 2026", text)
