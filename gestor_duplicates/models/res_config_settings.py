from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gestor_duplicate_nip = fields.Selection(
        related="company_id.gestor_duplicate_nip", readonly=False
    )
    gestor_duplicate_regon = fields.Selection(
        related="company_id.gestor_duplicate_regon", readonly=False
    )
    gestor_duplicate_email = fields.Selection(
        related="company_id.gestor_duplicate_email", readonly=False
    )
    gestor_duplicate_phone = fields.Selection(
        related="company_id.gestor_duplicate_phone", readonly=False
    )
    gestor_duplicate_name = fields.Selection(
        related="company_id.gestor_duplicate_name", readonly=False
    )
