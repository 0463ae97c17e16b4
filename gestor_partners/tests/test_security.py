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
