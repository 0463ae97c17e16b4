from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    is_gestor_offer_viewed = fields.Boolean(
        related="company_id.is_gestor_offer_viewed", readonly=False
    )
    gestor_offer_view_days = fields.Integer(
        related="company_id.gestor_offer_view_days", readonly=False
    )
