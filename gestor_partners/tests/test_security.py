from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestSecurity(GestorPartnersCommon):
    def test_user_reads_clients_and_changes_none(self):
        client = self._create_client().with_user(self.reader)
        self.assertEqual(client.gestor_kind, "potential")
        with self.assertRaises(AccessError):
            client.gestor_kind = "standard"
        with self.assertRaises(AccessError):
            client.gestor_flag_id = self.env.ref("gestor_base.gestor_flag_urgent")
        with self.assertRaises(AccessError):
            client.create({"name": "New"})

    def test_manager_of_gestor_adds_clients(self):
        manager = self._create_user("manager", "gestor_base.gestor_base_group_manager")
        client = self.env["res.partner"].with_user(manager).create({"name": "New"})
        self.assertEqual(client.gestor_kind, "potential")

    def test_client_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Other company"})
        ours, theirs = self.env["res.partner"].create(
            [
                {"name": "Osobliwy A", "company_id": False},
                {"name": "Osobliwy B", "company_id": other.id},
            ]
        )
        found = (
            self.env["res.partner"]
            .with_user(self.reader)
            .search([("gestor_search", "ilike", "osobliwy")])
        )
        self.assertIn(ours, found)
        self.assertNotIn(theirs, found)

    def test_user_sees_the_menu_of_clients(self):
        visible = self.env["ir.ui.menu"].with_user(self.reader)._visible_menu_ids()
        self.assertIn(self.env.ref("gestor_partners.gestor_client_menu").id, visible)

    def test_portal_client_reads_no_remarks_about_himself(self):
        portal = self._create_user("portal", "base.group_portal")
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        portal.partner_id.write({"gestor_flag_id": flag.id, "gestor_flag_note": "x"})
        own = portal.partner_id.with_user(portal)
        self.assertTrue(own.read(["name"]))
        for name in (
            "gestor_flag_id",
            "gestor_flag_note",
            "gestor_flag_color",
            "gestor_link_count",
            "gestor_kind",
        ):
            with self.assertRaises(AccessError, msg=name):
                own.read([name])
        with self.assertRaises(AccessError):
            own.search([("gestor_flag_note", "=", "x")])

    def test_employee_without_gestor_opens_a_client(self):
        employee = self._create_user("employee", "base.group_user")
        client = self._create_client(vat="PL5252144764").with_user(employee)
        form = self._client_form(employee, client)
        self.assertNotIn("gestor_flag_id", form._view["fields"])
        self.assertEqual(client.read(["gestor_nip"])[0]["gestor_nip"], "5252144764")
