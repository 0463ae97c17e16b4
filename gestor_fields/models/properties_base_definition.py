from odoo import api, models
from odoo.exceptions import UserError

from .gestor_field import FIELD


class PropertiesBaseDefinition(models.Model):
    _inherit = "properties.base.definition"

    def write(self, vals):
        if "properties_definition" in vals and not self.env.su:
            # sudo: what the definition is of is read, not told
            if FIELD in self.sudo().properties_field_id.mapped("name"):
                raise UserError(
                    self.env._(
                        "Own fields are defined in Gestor > Configuration > Own fields."
                    )
                )
        return super().write(vals)

    @api.model
    def get_properties_base_definition(self, model_name, field_name):
        result = super().get_properties_base_definition(model_name, field_name)
        if field_name == FIELD:
            own_fields = [
                own.definition
                for own in self.env["gestor.field"]._get_own_fields(
                    self.env[model_name]._fields[field_name].base_field.model_name
                )
                if not own.company_id or own.company_id in self.env.companies.ids
            ]
            for record in result["records"]:
                record["display_name"] = self.env._("Own fields")
                record["properties_definition"] = own_fields
        return result
