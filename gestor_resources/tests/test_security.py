from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GestorResourcesCommon, at

READ = "read"
ALL = "read write create unlink"


@tagged("post_install", "-at_install")
class TestResourcesSecurity(GestorResourcesCommon):
    def test_rights_of_each_role(self):
        self._assert_rights(
            {
                "gestor.resource": {"employee": READ, "user": READ, "manager": READ},
                "gestor.resource.kind": {
                    "employee": READ,
                    "user": READ,
                    "manager": READ,
                },
                "gestor.booking": {"user": READ, "manager": READ},
                "gestor.booking.slot": {},
                "gestor.booking.series": {"user": READ, "manager": READ},
                "gestor.outage": {"employee": READ, "user": READ, "manager": READ},
            }
        )
        for model in ("gestor.resource", "gestor.resource.kind", "gestor.outage"):
            for operation in ALL.split():
                with self.subTest(model=model, operation=operation):
                    self.assertTrue(
                        self.env[model].with_user(self.chief).has_access(operation)
                    )

    def test_user_changes_own_bookings_only(self):
        booking = self._book(self.piotr)
        self.assertTrue(booking.with_user(self.anna).name)
        for vals in ({"name": "Mine"}, {"start_at": at(9)}):
            with self.assertRaises(AccessError):
                booking.with_user(self.anna).write(vals)
        with self.assertRaises(AccessError):
            booking.with_user(self.anna).action_cancel()
        with self.assertRaises(AccessError):
            self._create_booking(self.anna, start=12, stop=13, user_id=self.piotr.id)
        booking.with_user(self.desk).write({"name": "Moved by the desk"})

    def test_other_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "gestor_stranger",
            groups="gestor_resources.gestor_resources_group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        booking = self._book()
        for records in (self.van, booking):
            found = records.with_user(stranger)
            self.assertFalse(found.search([("id", "in", found.ids)]))

    def test_portal_sees_nothing(self):
        portal = new_test_user(self.env, "gestor_portal", groups="base.group_portal")
        for model in ("gestor.resource", "gestor.booking", "gestor.outage"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
