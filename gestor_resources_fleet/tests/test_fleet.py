from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.gestor_resources.tests.common import GestorResourcesCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestFleet(GestorResourcesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Europe/Warsaw"
        brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Volvo"})
        model = cls.env["fleet.vehicle.model"].create(
            {"name": "V60", "brand_id": brand.id}
        )
        cls.vehicles = cls.env["fleet.vehicle"].create(
            [
                {"model_id": model.id, "license_plate": plate}
                for plate in ("KR 10001", "KR 10002")
            ]
        )
        cls.service_type = cls.env["fleet.service.type"].create(
            {"name": "Repair", "category": "service"}
        )
        cls.chief.group_ids = [Command.link(cls.env.ref("fleet.fleet_group_user").id)]

    def _take_over(self, vehicles):
        wizard = (
            self.env["gestor.resource.import"]
            .with_user(self.chief)
            .create({"model": "fleet.vehicle", "kind_id": self.kind.id})
        )
        wizard.line_ids.filtered(
            lambda line: line.res_id not in vehicles.ids
        ).is_chosen = False
        wizard.action_take_over()
        return vehicles.gestor_resource_id

    def test_manager_takes_a_vehicle_over_once(self):
        resource = self._take_over(self.vehicles[0])
        self.assertRecordValues(
            resource,
            [{"name": "Volvo V60", "symbol": "KR 10001", "kind_id": self.kind.id}],
        )
        self.assertFalse(self.vehicles[1].gestor_resource_id)
        with self.assertRaises(UserError):
            self._take_over(self.vehicles[0])

    def test_name_plate_and_archive_stay_in_step(self):
        resource = self._take_over(self.vehicles[0])
        self.vehicles[0].license_plate = "WA 55555"
        self.assertEqual(resource.symbol, "WA 55555")
        self.vehicles[0].active = False
        self.assertFalse(resource.active)

    def test_service_takes_the_car_out_of_use(self):
        resource = self._take_over(self.vehicles[0])
        service = self.env["fleet.vehicle.log.services"].create(
            {
                "vehicle_id": self.vehicles[0].id,
                "service_type_id": self.service_type.id,
                "description": "Brakes",
                "date": date(2026, 11, 30),
                "state": "new",
            }
        )
        self.assertRecordValues(
            resource.outage_ids,
            [
                {
                    "name": "Brakes",
                    "start_at": datetime(2026, 11, 29, 23),
                    "stop_at": datetime(2026, 11, 30, 23),
                }
            ],
        )
        with self.assertRaises(UserError):
            self._book(resource_id=resource.id)
        service.state = "done"
        self.assertFalse(resource.outage_ids)
        self.assertEqual(self._book(resource_id=resource.id).state, "confirmed")

    def test_service_of_another_vehicle_changes_nothing(self):
        resource = self._take_over(self.vehicles[0])
        self.env["fleet.vehicle.log.services"].create(
            {
                "vehicle_id": self.vehicles[1].id,
                "service_type_id": self.service_type.id,
                "date": date(2026, 11, 30),
            }
        )
        self.assertFalse(resource.outage_ids)
