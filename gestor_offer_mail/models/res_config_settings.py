from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_offer_mail_form = fields.Selection(
        related="company_id.gestor_offer_mail_form", readonly=False
    )
