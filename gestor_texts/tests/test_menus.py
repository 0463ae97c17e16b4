from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon


@tagged("post_install", "-at_install")
class TestMenus(GestorBaseCommon):
    def test_user_writes_texts_but_not_autotexts(self):
        visible = self.env["ir.ui.menu"].with_user(self.user)._visible_menu_ids()
        self.assertIn(
            self.env.ref("gestor_texts.gestor_text_template_menu").id, visible
        )
        self.assertNotIn(self.env.ref("gestor_texts.gestor_autotext_menu").id, visible)
