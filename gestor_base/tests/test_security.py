from odoo.tests import tagged

from .common import GestorBaseCommon

# model: {role: operations}; what is not named is refused
MATRIX = {
    "gestor.flag": {
        "employee": "read",
        "user": "read",
        "manager": "read write create unlink",
    },
    "gestor.link": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.flag.set": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.link.create": {
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.rate.limit": {"manager": "read"},
    "gestor.participant.role": {
        "employee": "read",
        "user": "read",
        "manager": "read write create unlink",
    },
    "gestor.participant": {
        "employee": "read",
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.substitution.area": {
        "employee": "read",
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
    "gestor.substitution": {
        "employee": "read",
        "user": "read write create unlink",
        "manager": "read write create unlink",
    },
}


@tagged("post_install", "-at_install")
class TestSecurity(GestorBaseCommon):
    def test_each_role_has_its_operations_on_each_model(self):
        self._assert_rights(MATRIX)

    def test_employee_is_no_gestor_user(self):
        self.assertFalse(self.employee.has_group("gestor_base.gestor_base_group_user"))

    def test_manager_is_a_user_too(self):
        self.assertTrue(self.manager.has_group("gestor_base.gestor_base_group_user"))
