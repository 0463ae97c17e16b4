from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_offer_validity_days = fields.Integer(
        related="company_id.gestor_offer_validity_days", readonly=False
    )
    gestor_offer_intro_html = fields.Html(
        related="company_id.gestor_offer_intro_html", readonly=False
    )
    gestor_offer_closing_html = fields.Html(
        related="company_id.gestor_offer_closing_html", readonly=False
    )
