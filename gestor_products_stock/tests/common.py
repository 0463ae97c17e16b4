from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

KEEPER_GROUPS = "gestor_base.gestor_base_group_user,stock.group_stock_user"


class GestorProductsStockCommon(BaseCommon):
    """A storekeeper, two warehouses of one company, goods that are counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(
            cls.env, login="gestor_products_keeper", groups=KEEPER_GROUPS
        )
        cls.main = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.far = cls.env["stock.warehouse"].create({"name": "Filia", "code": "FIL"})
        cls.valve = cls._create_product("Zawór")

    @classmethod
    def _create_product(cls, name, **vals):
        return cls.env["product.product"].create(
            {"name": name, "is_storable": True, **vals}
        )

    @classmethod
    def _create_point(cls, warehouse, product, least, most, optimal=0, **vals):
        return cls.env["stock.warehouse.orderpoint"].create(
            {
                "warehouse_id": warehouse.id,
                "location_id": warehouse.lot_stock_id.id,
                "product_id": product.id,
                "product_min_qty": least,
                "product_max_qty": most,
                "gestor_optimal_qty": optimal,
                **vals,
            }
        )

    @classmethod
    def _put(cls, warehouse, product, quantity):
        """Put goods into a warehouse."""
        cls.env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, quantity
        )
        cls.env.invalidate_all()
