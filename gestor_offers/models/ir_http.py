from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # the signature dialog of the offer page speaks the client's language
        return super()._get_translation_frontend_modules_name() + ["gestor_offers"]
