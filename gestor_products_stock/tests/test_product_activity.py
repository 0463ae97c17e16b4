from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import GestorProductsStockCommon


@tagged("post_install", "-at_install")
class TestProductActivity(GestorProductsStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boiler = cls._create_product("Kocioł")
        cls.client = cls.env["res.partner"].create({"name": "Hydraulika Płomień"})
        cls.inspection = cls.env["gestor.product.activity.template"].create(
            {
                "summary": "Przegląd",
                "product_tmpl_id": cls.boiler.product_tmpl_id.id,
                "moment": "delivery_done",
                "offset_number": 12,
                "offset_unit": "months",
                "stands_on": "client",
            }
        )
        for product in cls.boiler, cls.valve:
            cls._put(cls.main, product, 10)

    def _create_picking(self, **vals):
        picking = (
            self.env["stock.picking"]
            .with_user(self.keeper)
            .create(
                {
                    "picking_type_id": self.main.out_type_id.id,
                    "location_id": self.main.lot_stock_id.id,
                    "location_dest_id": self.env.ref(
                        "stock.stock_location_customers"
                    ).id,
                    "partner_id": self.client.id,
                    "move_ids": [
                        Command.create(self._move_vals(product))
                        for product in (self.boiler, self.valve)
                    ],
                    **vals,
                }
            )
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def _move_vals(self, product):
        return {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": 2,
            "location_id": self.main.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }

    def _planned(self, picking):
        return picking.sudo()._get_planned_goods_activities()

    @freeze_time("2026-02-28 10:00:00")
    def test_storekeeper_who_delivers_plans_on_the_client(self):
        picking = self._create_picking()
        self.assertFalse(self._planned(picking))
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertRecordValues(
            self._planned(picking),
            [
                {
                    "res_model": "res.partner",
                    "res_id": self.client.id,
                    "date_deadline": date(2027, 2, 28),
                    "gestor_product_template_id": self.inspection.id,
                }
            ],
        )

    def test_good_left_for_later_plans_with_its_own_delivery(self):
        picking = self._create_picking()
        boiler, valve = picking.move_ids.sorted(lambda move: move.product_id.id)[::-1]
        if boiler.product_id != self.boiler:
            boiler, valve = valve, boiler
        boiler.quantity = 0
        valve.picked = True
        picking._action_done()
        later = picking.backorder_ids
        self.assertFalse(self._planned(picking))
        later.action_assign()
        later.move_ids.picked = True
        later._action_done()
        self.assertEqual(len(self._planned(later)), 1)

    def test_delivery_without_client_keeps_the_activity(self):
        picking = self._create_picking(partner_id=False)
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(self._planned(picking).res_model, "stock.picking")
