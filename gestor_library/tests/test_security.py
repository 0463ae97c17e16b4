from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

# model: {role: operations}; what is not named is refused
MATRIX = {
    "gestor.library.category": {
        "user": "read",
        "manager": "read write create unlink",
    },
    "gestor.library.tag": {
        "user": "read create",
        "manager": "read write create unlink",
    },
    "gestor.library.file": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.library.version": {"user": "read", "manager": "read"},
    "gestor.library.use": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.library.put": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.library.replace": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
}


@tagged("post_install", "-at_install")
class TestSecurity(GestorBaseCommon):
    def test_each_role_has_its_operations_on_each_model(self):
        self._assert_rights(MATRIX)
