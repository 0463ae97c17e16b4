from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WINDOW, GestorCalendarCommon


@tagged("post_install", "-at_install")
class TestSecurity(GestorCalendarCommon):
    def test_roles_have_the_rights_they_need(self):
        self._assert_rights(
            {
                "gestor.reminder": {
                    "user": "read write create unlink",
                    "manager": "read write create unlink",
                }
            }
        )

    def test_employee_without_gestor_has_no_calendar(self):
        calendar = self.env["gestor.calendar"].with_user(self.employee)
        for method, args in (
            ("get_items", WINDOW),
            ("get_setup", ()),
            ("get_creations", WINDOW),
            ("set_preferences", ({},)),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(calendar, method)(*args)

    def test_only_things_of_the_calendar_are_touched(self):
        calendar = self.env["gestor.calendar"].with_user(self.user)
        moments = ["2026-05-12 08:00:00"] * 4
        with self.assertRaisesRegex(UserError, "does not stand in the calendar"):
            calendar.move("res.users", self.user.id, *moments)
        with self.assertRaisesRegex(UserError, "does not exist"):
            calendar.move("calendar.event", 0, *moments)

    def test_window_has_bounds(self):
        calendar = self.env["gestor.calendar"].with_user(self.user)
        with self.assertRaisesRegex(UserError, "two months"):
            calendar.get_items("2026-01-01 00:00:00", "2027-01-01 00:00:00")

    def test_user_sees_only_own_reminders(self):
        event = self._create_event(self.user)
        event.with_user(self.user)._gestor_calendar_remind(15)
        mine = self.env["gestor.reminder"].with_user(self.user).search([])
        self.assertEqual(mine.res_id, event.id)
        theirs = self.env["gestor.reminder"].with_user(self.colleague)
        self.assertFalse(theirs.search([("id", "in", mine.ids)]))
        with self.assertRaises(AccessError):
            theirs.browse(mine.id).action_dismiss()
