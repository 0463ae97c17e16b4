from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, GestorSelfBookingCommon, at

MATRIX = {
    "gestor.self.booking.page": {"user": "read", "manager": "read"},
    "gestor.self.booking.window": {"user": "read", "manager": "read"},
    "gestor.self.booking.question": {"user": "read", "manager": "read"},
    "gestor.self.booking": {},
    "gestor.self.booking.invite": {},
    "gestor.self.booking.propose": {},
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSecurity(GestorSelfBookingCommon):
    """Own means own; secrets are read by nobody."""

    def test_roles_of_the_kernel(self):
        self._assert_rights(MATRIX)

    def test_own_level_sees_own_visits_only(self):
        first, second = self._book(at(7)), self._book(at(7), email="b@nowy.example")
        visits = self.bookings.with_user(self.piotr)
        self.assertEqual(visits.search([("page_id", "=", self.page.id)]), second)
        with self.assertRaises(AccessError):
            first.with_user(self.piotr).read(["name"])
        both = self.bookings.with_user(self.desk).search(
            [("page_id", "=", self.page.id)]
        )
        self.assertEqual(both, first | second)

    def test_nobody_writes_visits_by_hand(self):
        visit = self._book()
        for user in (self.anna, self.desk, self.chief):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                visit.with_user(user).write({"state": "cancelled"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.bookings.with_user(user).create({"name": "x"})

    def test_secrets_are_read_by_nobody(self):
        visit = self._book()
        invite = self.env["gestor.self.booking.invite"]._gestor_make(
            self.page, self.client_a
        )
        for record, name in (
            (visit, "token"),
            (visit, "request_key"),
            (invite, "token"),
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                record.with_user(self.chief).read([name])
            with self.subTest(name=name), self.assertRaises(AccessError):
                record.with_user(self.chief).search([(name, "=like", "a%")])

    def test_manager_makes_a_page_that_works_with_its_defaults(self):
        page = self.pages.with_user(self.chief).create(
            {"name": "Talk", "user_ids": [Command.set(self.anna.ids)]}
        )
        self.assertEqual(page.activity_type_id.kind, "meeting")
        self.assertTrue(page._gestor_slots(page._get_durations()[0]))
        self.assertTrue(page.qr_image)
        self.assertTrue(page.copy().slug != page.slug)
        with self.assertRaises(AccessError):
            page.with_user(self.desk).write({"name": "x"})

    def test_pages_and_visits_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.anna.company_ids |= company
        page = self._create_page(
            company_id=company.id, user_ids=[Command.set(self.anna.ids)]
        )
        visit = self._book(page=page)
        chief = self.chief
        self.assertFalse(self.pages.with_user(chief).search([("id", "=", page.id)]))
        self.assertFalse(self.bookings.with_user(chief).search([("id", "=", visit.id)]))

    def test_times_are_proposed_only_for_activities_one_may_change(self):
        activity = self._create_activity(self.piotr, kind="meeting")
        proposals = self.env["gestor.self.booking.propose"].with_user(self.anna)
        vals = {
            "page_id": self.page.id,
            "partner_id": self.client_a.id,
            "activity_id": activity.id,
        }
        with self.assertRaises(AccessError):
            proposals.create(vals).action_make_link()
