from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

USER_GROUP = "gestor_base.gestor_base_group_user"
MANAGER_GROUP = "gestor_base.gestor_base_group_manager"


class GestorBaseCommon(BaseCommon):
    """One user of each role, from the weakest to the strongest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.user = cls._create_user("user", USER_GROUP)
        cls.manager = cls._create_user("manager", MANAGER_GROUP)

    @classmethod
    def _create_user(cls, login, groups, **vals):
        return new_test_user(cls.env, login=f"gestor_{login}", groups=groups, **vals)

    def _assert_rights(self, matrix):
        """Compare what each role may do with each model; what is not named is refused.

        :param dict matrix: ``{model: {role: "read write create unlink"}}``
        """
        for model, operations_by_role in matrix.items():
            for role in ("employee", "user", "manager"):
                records = self.env[model].with_user(getattr(self, role))
                allowed = operations_by_role.get(role, "").split()
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            records.has_access(operation), operation in allowed
                        )
