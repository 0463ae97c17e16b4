from odoo import Command
from odoo.tests import tagged

from .common import GestorProductsStockCommon


@tagged("post_install", "-at_install")
class TestClassifierSearch(GestorProductsStockCommon):
    def test_storekeeper_filters_transfers_stock_and_moves_by_node(self):
        classifier = self.env["gestor.classifier"].create({"name": "Działy"})
        nodes = self.env["gestor.classifier.node"]
        water = nodes.create({"name": "Woda", "classifier_id": classifier.id})
        fittings = nodes.create({"name": "Armatura", "parent_id": water.id})
        heat = nodes.create({"name": "Ciepło", "classifier_id": classifier.id})
        pipe = self._create_product("Rura")
        self.valve.product_tmpl_id.gestor_node_ids = fittings
        pipe.product_tmpl_id.gestor_node_ids = heat
        for product in (self.valve, pipe):
            self._put(self.main, product, 5)
        places = {
            "location_id": self.main.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.main.out_type_id.id,
                **places,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.valve.id,
                            "product_uom_qty": 1,
                            **places,
                        }
                    ),
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(picking.with_user(self.keeper).gestor_node_ids, fittings)
        ours = [("product_id", "in", (self.valve | pipe).ids)]
        for model, goods, mine in (
            ("stock.picking", "product_id", [("id", "=", picking.id)]),
            ("stock.move.line", "product_id", ours),
            ("stock.quant", "product_id", ours),
        ):
            with self.subTest(model=model):
                rows = self.env[model].with_user(self.keeper)
                found = rows.search([("gestor_node_ids", "child_of", water.id), *mine])
                self.assertEqual(found[goods], self.valve)
                self.assertFalse(
                    rows.search([("gestor_node_ids", "child_of", heat.id), *mine])
                    & found
                )
