from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.gestor_resources.tests.common import GestorResourcesCommon, at


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 07:00:00")
class TestMaintenance(GestorResourcesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("maintenance.group_equipment_manager")
        cls.chief.group_ids = [Command.link(group.id)]
        cls.equipment = cls.env["maintenance.equipment"].create(
            [
                {"name": "Generator", "serial_no": "G-1"},
                {"name": "Lift", "serial_no": "L-1"},
            ]
        )
        wizard = (
            cls.env["gestor.resource.import"]
            .with_user(cls.chief)
            .create({"model": "maintenance.equipment", "kind_id": cls.kind.id})
        )
        wizard.line_ids.filtered(
            lambda line: line.res_id != cls.equipment[0].id
        ).is_chosen = False
        wizard.action_take_over()
        cls.resource = cls.equipment[0].gestor_resource_id

    def _create_request(self, **vals):
        return self.env["maintenance.request"].create(
            {
                "name": "New belt",
                "equipment_id": self.equipment[0].id,
                "schedule_date": at(8),
                "schedule_end": at(12),
                **vals,
            }
        )

    def test_manager_takes_equipment_over(self):
        self.assertRecordValues(self.resource, [{"name": "Generator", "symbol": "G-1"}])
        self.assertFalse(self.equipment[1].gestor_resource_id)
        self.equipment[0].serial_no = "G-2"
        self.assertEqual(self.resource.symbol, "G-2")

    def test_planned_maintenance_takes_it_out_of_use_and_moves(self):
        request = self._create_request()
        self.assertRecordValues(
            self.resource.outage_ids,
            [{"kind": "repair", "start_at": at(8), "stop_at": at(12)}],
        )
        with self.assertRaises(UserError):
            self._book(resource_id=self.resource.id)
        request.write({"schedule_date": at(14), "schedule_end": at(15)})
        self.assertEqual(self._book(resource_id=self.resource.id).state, "confirmed")

    def test_done_archived_and_deleted_maintenance_gives_it_back(self):
        done = self.env["maintenance.stage"].search([("done", "=", True)], limit=1)
        for end in (
            lambda request: request.write({"stage_id": done.id}),
            lambda request: request.write({"archive": True}),
            lambda request: request.unlink(),
        ):
            request = self._create_request()
            self.assertTrue(self.resource.outage_ids)
            end(request)
            self.resource.invalidate_recordset()
            self.assertFalse(self.resource.outage_ids)
