from odoo import api, models


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "gestor.resource.source.mixin"]

    @api.model
    def _get_gestor_resource_triggers(self):
        return super()._get_gestor_resource_triggers() | {"serial_no"}

    def _prepare_gestor_resource_vals(self):
        """Name the thing without its number, which is the mark."""
        return {
            **super()._prepare_gestor_resource_vals(),
            "name": self.name,
            "symbol": self.serial_no,
            "note": self.note,
        }
