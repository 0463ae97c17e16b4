from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

# model: {role: operations}; what is not named is refused
MATRIX = {
    "gestor.print.pattern": {"user": "read", "manager": "read write create unlink"},
    "gestor.print.column": {"user": "read", "manager": "read write create unlink"},
    "gestor.print.setting": {"user": "read", "manager": "read write create unlink"},
    "gestor.autotext": {"user": "read", "manager": "read write create unlink"},
    "gestor.autotext.group": {"user": "read", "manager": "read write create unlink"},
    "gestor.text.category": {"user": "read", "manager": "read write create unlink"},
    "gestor.text.template": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.text.insert": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.text.preview": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
}


@tagged("post_install", "-at_install")
class TestSecurity(GestorBaseCommon):
    def test_each_role_has_its_operations_on_each_model(self):
        self._assert_rights(MATRIX)
