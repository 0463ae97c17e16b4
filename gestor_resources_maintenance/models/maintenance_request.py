from datetime import timedelta

from odoo import api, models


class MaintenanceRequest(models.Model):
    _name = "maintenance.request"
    _inherit = ["maintenance.request", "gestor.outage.source.mixin"]

    @api.model
    def _get_gestor_outage_triggers(self):
        return {
            "archive",
            "equipment_id",
            "maintenance_type",
            "name",
            "schedule_date",
            "schedule_end",
            "stage_id",
        }

    def _prepare_gestor_outage_vals(self):
        """The time that the maintenance team has planned, an hour at least."""
        resource = self.equipment_id.gestor_resource_id
        start = self.schedule_date
        if not (resource and start) or self.archive or self.done:
            return {}
        is_repair = self.maintenance_type == "corrective"
        return {
            "name": self.name,
            "kind": "repair" if is_repair else "inspection",
            "resource_id": resource.id,
            "start_at": start,
            "stop_at": max(self.schedule_end or start, start + timedelta(hours=1)),
        }
