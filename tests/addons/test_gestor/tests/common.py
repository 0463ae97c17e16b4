from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class TestGestorCommon(BaseCommon):
    """Two ordinary users with documents and secrets of their own.

    ========  ===================  ==================
    user      sees                 changes
    ========  ===================  ==================
    anna      all papers, hers     her papers, secret
    bolek     all papers, his      his papers, secret
    ========  ===================  ==================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls._create_user("anna")
        cls.bolek = cls._create_user("bolek")
        cls.papers = cls._create_papers(cls.anna, 2)
        cls.foreign_papers = cls._create_papers(cls.bolek, 2)
        cls.secret = cls._create_secret(cls.anna)
        cls.foreign_secret = cls._create_secret(cls.bolek)

    @classmethod
    def _create_user(cls, login, groups="gestor_base.gestor_base_group_user"):
        return new_test_user(cls.env, login=f"test_gestor_{login}", groups=groups)

    @classmethod
    def _create_papers(cls, user, count=1, **vals):
        return cls.env["test.gestor.document"].create(
            [
                {"name": f"Paper {number}", "user_id": user.id, **vals}
                for number in range(count)
            ]
        )

    @classmethod
    def _create_secret(cls, user, **vals):
        return cls.env["test.gestor.secret"].create(
            {"name": "Secret", "user_id": user.id, **vals}
        )

    @classmethod
    def _create_flag(cls, **vals):
        return cls.env["gestor.flag"].create({"name": "Test flag", **vals})

    @classmethod
    def _model_id(cls, model):
        return cls.env["ir.model"]._get(model)
