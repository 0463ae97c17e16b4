from odoo import api, models

from odoo.addons.gestor_calendar.lib import wall_clock

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
        zone = wall_clock.get_zone(resource.company_id.partner_id.tz, self.env.user.tz)
        start, stop = wall_clock.get_day_limits(self.date, self.date, zone)
        return {
            "name": self.description or self.service_type_id.name,
            "kind": "inspection",
            "resource_id": resource.id,
            "start_at": start,
            "stop_at": stop,
        }
