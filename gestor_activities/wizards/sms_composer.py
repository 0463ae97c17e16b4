from odoo import models

from ..models.gestor_activity_message import NOTED_KEY


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    def _action_send_sms_mass(self, records=None):
        messages = super()._action_send_sms_mass(records)
        noted = self.env.context.get(NOTED_KEY)
        if noted and self.res_model == "res.partner":
            # sudo: the sender may read to whom he or she has just written
            sent = messages.sudo().filtered(lambda sms: sms.state != "canceled")
            activities = self.env["gestor.activity"].browse(noted)
            activities._gestor_note_sms(sent.partner_id.with_env(self.env), self.body)
        return messages
