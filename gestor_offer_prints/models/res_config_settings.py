from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_offer_print_layout = fields.Selection(
        related="company_id.gestor_offer_print_layout", readonly=False
    )
    has_gestor_offer_pictures = fields.Boolean(
        related="company_id.has_gestor_offer_pictures", readonly=False
    )
