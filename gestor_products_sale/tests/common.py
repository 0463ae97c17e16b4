from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

SELLER_GROUPS = "gestor_base.gestor_base_group_user,sales_team.group_sale_salesman"


class GestorProductsSaleCommon(BaseCommon):
    """A salesperson who may only sell, two companies, goods in pieces."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, login="gestor_products_seller", groups=SELLER_GROUPS
        )
        cls.client = cls.env["res.partner"].create({"name": "Hydraulika Płomień"})
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.valve = cls._create_product("Zawór", list_price=30)
        cls.pipe = cls._create_product("Rura", list_price=12)

    @classmethod
    def _create_product(cls, name, **vals):
        return cls.env["product.product"].create(
            {"name": name, "taxes_id": [Command.clear()], **vals}
        )

    @classmethod
    def _create_order(cls, lines=(), **vals):
        """Create a quotation; a line is ``(product, quantity)`` or has a unit third."""
        orders = cls.env["sale.order"].with_user(cls.seller)
        return orders.create(
            {
                "partner_id": cls.client.id,
                "order_line": [Command.create(cls._line_vals(*line)) for line in lines],
                **vals,
            }
        )

    @classmethod
    def _line_vals(cls, product, quantity, unit=None):
        vals = {"product_id": product.id, "product_uom_qty": quantity}
        return vals | ({"product_uom_id": unit.id} if unit else {})
