from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    gestor_is_clock_automatic = fields.Boolean(
        string="Start the clock when I open an activity",
        help="On your own work of today; a clock that you started yourself runs on.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "gestor_is_clock_automatic"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "gestor_is_clock_automatic"]
