from odoo.fields import Command
from odoo.tests import tagged

from .common import GestorBaseCommon

ROLES = ("salesperson", "reception", "technician", "manager", "administrator", "viewer")


@tagged("post_install", "-at_install")
class TestRoles(GestorBaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = cls._create_user("viewer", "gestor_base.gestor_base_group_viewer")

    def _give(self, user, name):
        role = self.env.ref(f"gestor_base.role_{name}")
        role.line_ids = [Command.create({"user_id": user.id})]

    def test_ready_roles_have_descriptions_in_polish(self):
        for name in ROLES:
            role = self.env.ref(f"gestor_base.role_{name}")
            polish = role.with_context(lang="pl_PL")
            self.assertTrue(role.comment)
            self.assertNotEqual(polish.comment, role.comment, name)
            self.assertNotEqual((polish.name, name), (role.name, name))

    def test_role_gives_exactly_its_rights(self):
        user = self._create_user("clerk", "base.group_user,base.group_allow_export")
        self._give(user, "technician")
        self.assertTrue(user.has_group("gestor_base.gestor_base_group_user"))
        self.assertFalse(user.has_group("gestor_base.gestor_base_group_manager"))
        # what was given by hand is taken away: the roles say everything
        self.assertFalse(user.has_group("base.group_allow_export"))
        self._give(user, "manager")
        self.assertTrue(user.has_group("gestor_base.gestor_base_group_manager"))
        user.sudo().role_line_ids.unlink()
        self.assertFalse(user.has_group("gestor_base.gestor_base_group_user"))

    def test_administrator_manages_users(self):
        user = self._create_user("head", "base.group_user")
        self._give(user, "administrator")
        self.assertTrue(user.has_group("base.group_system"))
        menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        self.assertIn(self.env.ref("gestor_base.res_users_role_menu").id, menus)
        for other in (self.user, self.manager):
            menus = self.env["ir.ui.menu"].with_user(other)._visible_menu_ids()
            self.assertNotIn(self.env.ref("gestor_base.res_users_role_menu").id, menus)
            self.assertFalse(
                self.env["res.users.role"].with_user(other).has_access("write")
            )

    def test_viewer_changes_nothing_of_gestor(self):
        """A gate for every addon: what is installed is checked."""
        documents = self.env["gestor.document.mixin"]._gestor_implementers()
        names = {name for name in self.env.registry if name.startswith("gestor.")}
        for name in sorted(names.union(documents)):
            model = self.env[name].with_user(self.viewer)
            if model._abstract or model._transient:
                continue
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(model.has_access(operation))

    def test_viewer_reads_every_document_of_gestor(self):
        for name in self.env["gestor.document.mixin"]._gestor_implementers():
            if not name.startswith("test."):
                with self.subTest(model=name):
                    self.assertTrue(
                        self.env[name].with_user(self.viewer).has_access("read")
                    )

    def test_viewer_has_the_menu_without_the_configuration(self):
        root = self.env.ref("gestor_base.gestor_menu_root")
        self.assertTrue(self.viewer.all_group_ids & root.group_ids)
        menus = self.env["ir.ui.menu"].with_user(self.viewer)._visible_menu_ids()
        self.assertNotIn(self.env.ref("gestor_base.gestor_flag_menu").id, menus)
