from odoo import api, models


class FleetVehicle(models.Model):
    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "gestor.resource.source.mixin"]

    @api.model
    def _get_gestor_resource_triggers(self):
        return super()._get_gestor_resource_triggers() | {"license_plate", "model_id"}

    def _prepare_gestor_resource_vals(self):
        """Name the car without its plate, which is the mark."""
        model = self.model_id
        return {
            **super()._prepare_gestor_resource_vals(),
            "name": " ".join(filter(None, (model.brand_id.name, model.name))),
            "symbol": self.license_plate,
            "meter": self.odometer,
            "has_meter": True,
            "meter_unit": dict(
                self._fields["odometer_unit"]._description_selection(self.env)
            ).get(self.odometer_unit),
            "capacity": self.seats,
            "image_1920": model.image_128,
        }
