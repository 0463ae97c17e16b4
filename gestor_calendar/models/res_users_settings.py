from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    gestor_calendar_preferences = fields.Json(
        help="How the user left the common calendar: mode, colours, filters."
    )
