from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

ALL = "read write create unlink"
# model: {role: operations}; what is not named is refused
MATRIX = {
    "gestor.automat": {"user": "read", "manager": ALL},
    "gestor.automat.preview": {"manager": ALL},
    "gestor.automat.run": {"user": ALL, "manager": ALL},
    "gestor.automat.step": {"manager": ALL},
    "gestor.planned.action": {"user": "read", "manager": ALL},
    "gestor.planned.action.postpone": {"user": ALL, "manager": ALL},
}


@tagged("post_install", "-at_install")
class TestSecurity(GestorBaseCommon):
    def test_each_role_has_its_operations_on_each_model(self):
        self._assert_rights(MATRIX)
