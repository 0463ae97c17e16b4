from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

ALL = "read write create unlink"
# model: {role: operations}; what is not named is refused
MATRIX = {
    "gestor.planned.action": {"user": "read", "manager": ALL},
    "gestor.planned.action.postpone": {"user": ALL, "manager": ALL},
}


@tagged("post_install", "-at_install")
class TestSecurity(GestorBaseCommon):
    def test_each_role_has_its_operations_on_each_model(self):
        for model, operations_by_role in MATRIX.items():
            for role in ("employee", "user", "manager"):
                records = self.env[model].with_user(getattr(self, role))
                allowed = operations_by_role.get(role, "").split()
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            records.has_access(operation), operation in allowed
                        )
