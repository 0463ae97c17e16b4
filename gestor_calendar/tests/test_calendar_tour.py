from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCalendarTour(HttpCase):
    """The real screen: drag, filter, create, remember the mode."""

    def test_user_plans_in_the_calendar(self):
        user = new_test_user(
            self.env,
            "calendar_tour",
            "gestor_base.gestor_base_group_user",
            lang="en_US",
            tz="UTC",
        )
        # 24 hours on the clock, as the tour reads them
        self.env.ref("base.lang_en").time_format = "%H:%M:%S"
        start = fields.Datetime.now().replace(hour=9, minute=0, second=0)
        event = self.env["calendar.event"].create(
            {
                "name": "Tour meeting",
                "user_id": user.id,
                "partner_ids": user.partner_id.ids,
                "start": start,
                "stop": start + timedelta(hours=1),
            }
        )
        self.start_tour(
            "/odoo/gestor-calendar", "gestor_calendar", login="calendar_tour"
        )
        # where exactly it is dropped depends on the size of the screen
        self.assertEqual(event.start.hour, 12)
        self.assertEqual(event.stop - event.start, timedelta(hours=1))
        lunch = self.env["calendar.event"].search([("name", "=", "Tour lunch")])
        self.assertEqual(lunch.user_id, user)
        setup = self.env["gestor.calendar"].with_user(user).get_setup()
        self.assertEqual(setup["preferences"]["mode"], "month")
