from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_time_idle_minutes = fields.Integer(
        related="company_id.gestor_time_idle_minutes", readonly=False
    )
    gestor_time_forgotten_minutes = fields.Integer(
        related="company_id.gestor_time_forgotten_minutes", readonly=False
    )
    gestor_time_rounding_minutes = fields.Integer(
        related="company_id.gestor_time_rounding_minutes", readonly=False
    )
