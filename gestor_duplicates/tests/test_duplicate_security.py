from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon


@tagged("post_install", "-at_install")
class TestDuplicateSecurity(GestorBaseCommon):
    def test_roles_may_do_what_the_matrix_says(self):
        self._assert_rights(
            {
                "gestor.duplicate": {"user": "read", "manager": "read"},
                "gestor.duplicate.lock": {},
                "gestor.duplicate.merge": {"manager": "read write create unlink"},
                "gestor.duplicate.merge.line": {"manager": "read write create unlink"},
            }
        )

    def test_only_staff_reads_the_new_fields(self):
        partner = self.env["res.partner"]
        for name in ("gestor_duplicate_hint", "gestor_duplicate_decisions"):
            with self.subTest(name=name):
                field = partner._fields[name]
                user = partner.with_user(self.user)
                employee = partner.with_user(self.employee)
                self.assertTrue(user._has_field_access(field, "read"))
                self.assertFalse(employee._has_field_access(field, "read"))
