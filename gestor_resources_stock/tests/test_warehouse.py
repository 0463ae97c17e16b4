from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.gestor_resources.tests.common import GestorResourcesCommon


@tagged("post_install", "-at_install")
class TestWarehouse(GestorResourcesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].create(
            {"name": "North", "code": "GNOR"}
        )

    def test_manager_of_resources_puts_a_car_into_a_warehouse(self):
        with Form(self.van.with_user(self.chief)) as form:
            form.warehouse_id = self.warehouse
        resources = self.env["gestor.resource"].with_user(self.anna)
        domain = [("warehouse_id", "=", self.warehouse.id)]
        self.assertEqual(resources.search(domain), self.van)
        # who books reads where the car is, without rights to warehouses
        [row] = resources.search(domain).read(["warehouse_id"])
        self.assertEqual(row["warehouse_id"][0], self.warehouse.id)

    def test_user_does_not_move_a_car_to_another_warehouse(self):
        with self.assertRaises(AccessError):
            self.van.with_user(self.anna).warehouse_id = self.warehouse

    def test_warehouse_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        self.van.company_id = self.env.company
        with self.assertRaises(UserError):
            self.van.warehouse_id = foreign
