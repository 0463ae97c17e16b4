from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorBaseCommon


@tagged("post_install", "-at_install")
class TestFlagDictionary(GestorBaseCommon):
    def test_icon_must_be_one_class(self):
        flags = self.env["gestor.flag"]
        for icon in ("flag", "fa-flag evil", 'fa-"onclick', "fa-"):
            with (
                self.subTest(icon=icon),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                flags.create({"name": "Bad icon", "icon": icon})
        self.assertEqual(
            flags.create({"name": "Good", "icon": "fa-bolt"}).icon, "fa-bolt"
        )

    def test_ready_flags_speak_polish(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        self.env["ir.module.module"].search(
            [("name", "=", "gestor_base")]
        )._update_translations("pl_PL")
        self.assertEqual(flag.with_context(lang="pl_PL").name, "Pilne")

    def test_user_sees_flags_and_manager_changes_them(self):
        flag = self.env.ref("gestor_base.gestor_flag_to_call")
        for user in (self.employee, self.user):
            self.assertTrue(flag.with_user(user).name)
            with self.assertRaises(AccessError):
                flag.with_user(user).name = "Changed"
        flag.with_user(self.manager).name = "Changed"
        self.assertEqual(flag.name, "Changed")

    def test_flag_name_survives_for_whoever_may_not_read_models(self):
        """The areas of a flag are models, which ordinary users may not read."""
        area = self.env["ir.model"]._get("res.partner")
        flags = self.env["gestor.flag"].create(
            [{"name": "Here", "model_ids": area}, {"name": "Everywhere"}]
        )
        domain = flags.with_user(self.user)._get_settable_domain("res.partner")
        self.assertLessEqual(flags, flags.with_user(self.user).search(domain))
        domain = flags.with_user(self.user)._get_settable_domain("res.users")
        found = flags.with_user(self.user).search(domain)
        self.assertEqual(found & flags, flags[1])

    def test_manager_sees_areas_and_groups_of_a_flag(self):
        flag = self.env["gestor.flag"].create(
            {
                "name": "Here",
                "model_ids": self.env["ir.model"]._get("res.partner"),
                "group_ids": self.env.ref("gestor_base.gestor_base_group_manager"),
            }
        )
        names = {"fields": {"display_name": {}}}
        (values,) = flag.with_user(self.manager).web_read(
            {"model_ids": names, "group_ids": names}
        )
        self.assertTrue(values["model_ids"][0]["display_name"])
        self.assertTrue(values["group_ids"][0]["display_name"])
