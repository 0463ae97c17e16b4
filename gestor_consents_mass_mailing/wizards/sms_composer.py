from odoo import api, models


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    @api.depends("mailing_id")
    def _compute_gestor_is_marketing(self):
        """Whatever it is sent to, a mailing is marketing."""
        result = super()._compute_gestor_is_marketing()
        for composer in self.filtered("mailing_id"):
            composer.gestor_is_marketing = True
        return result
