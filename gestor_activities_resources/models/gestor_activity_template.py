from odoo import fields, models


class GestorActivityTemplate(models.Model):
    _inherit = "gestor.activity.template"

    resource_ids = fields.Many2many(
        "gestor.resource",
        "gestor_activity_template_resource_rel",
        string="Resources",
        help="Booked for each activity that begins with the template; what cannot be "
        "booked is written on the activity.",
    )
