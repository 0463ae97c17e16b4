from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

USER_GROUP = "gestor_base.gestor_base_group_user"


class GestorProductsCommon(BaseCommon):
    """A Gestor user who may only read, and one who may change goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._create_user("reader", USER_GROUP)
        cls.editor = cls._create_user(
            "editor", f"{USER_GROUP},product.group_product_manager"
        )
        cls.boiler = cls._create_goods(
            "Kocioł gazowy Płomyk 24",
            default_code="KG-24",
            gestor_manufacturer_code="PL/24-GZ.007",
            gestor_pkwiu="25.21.12.0",
        )
        cls.service = cls._create_goods(
            "Uruchomienie kotła", type="service", default_code="US-01"
        )
        cls.goods = cls.boiler | cls.service

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(cls.env, login=f"gestor_products_{login}", groups=groups)

    @classmethod
    def _create_goods(cls, name, **vals):
        return cls.env["product.template"].create({"name": name, **vals})
