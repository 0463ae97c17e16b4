from datetime import datetime, time, timedelta

import pytz

from odoo import api, models

# a service that is over, or does not happen, keeps nobody from driving
PLANNED = ("new", "running")


class FleetVehicleLogServices(models.Model):
    _name = "fleet.vehicle.log.services"
    _inherit = ["fleet.vehicle.log.services", "gestor.outage.source.mixin"]

    @api.model
    def _get_gestor_outage_triggers(self):
        return {
            "active",
            "date",
            "description",
            "service_type_id",
            "state",
            "vehicle_id",
        }

    def _prepare_gestor_outage_vals(self):
        """The day of the service, from midnight to midnight in the company's zone."""
        resource = self.vehicle_id.gestor_resource_id
        if not (resource and self.date and self.active and self.state in PLANNED):
            return {}
        zone = pytz.timezone(
            resource.company_id.partner_id.tz or self.env.user.tz or "UTC"
        )
        start, stop = (
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (self.date, self.date + timedelta(days=1))
        )
        return {
            "name": self.description or self.service_type_id.name,
            "kind": "inspection",
            "resource_id": resource.id,
            "start_at": start,
            "stop_at": stop,
        }
