from odoo.tests import tagged

from .common import GestorBaseCommon


@tagged("post_install", "-at_install")
class TestMenus(GestorBaseCommon):
    def _get_visible(self, user):
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        return {
            name
            for name in ("menu_root", "menu_configuration", "flag_menu")
            if self.env.ref(f"gestor_base.gestor_{name}").id in visible
        }

    def test_employee_without_gestor_sees_no_menu(self):
        self.assertFalse(self._get_visible(self.employee))

    def test_manager_sees_the_configuration(self):
        self.assertEqual(
            self._get_visible(self.manager),
            {"menu_root", "menu_configuration", "flag_menu"},
        )

    def test_user_does_not_see_the_dictionary_of_flags(self):
        self.assertNotIn("flag_menu", self._get_visible(self.user))

    def test_root_menu_has_its_icon(self):
        self.assertTrue(self.env.ref("gestor_base.gestor_menu_root").web_icon_data)

    def test_entries_of_the_configuration_have_places_of_their_own(self):
        entries = self.env.ref("gestor_base.gestor_menu_configuration").child_id
        places = entries.grouped("sequence")
        self.assertFalse([same.mapped("name") for same in places.values() if same[1:]])

    def test_administrator_manages_gestor(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("gestor_base.gestor_base_group_manager"))
