from odoo.tests import Form, new_test_user

from odoo.addons.base.tests.common import BaseCommon

USER_GROUP = "gestor_base.gestor_base_group_user"


class GestorPartnersCommon(BaseCommon):
    """A Gestor user who may only read, one who may also change partners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poland = cls.env.ref("base.pl")
        cls.germany = cls.env.ref("base.de")
        cls.reader = cls._create_user("reader", USER_GROUP)
        cls.editor = cls._create_user(
            "editor", f"{USER_GROUP},base.group_partner_manager"
        )

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(cls.env, login=f"gestor_partners_{login}", groups=groups)

    @classmethod
    def _create_client(cls, name="Klient Testowy", **vals):
        return cls.env["res.partner"].create({"name": name, **vals})

    @classmethod
    def _client_form(cls, user, client=None):
        clients = cls.env["res.partner"] if client is None else client
        clients = clients.with_user(user)
        return Form(clients, view="base.view_partner_form")
