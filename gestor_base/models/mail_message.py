from odoo import models
from odoo.tools import format_datetime


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", "gestor.relation.mixin"]

    def _gestor_related(self):
        kind = self.env._("message")
        return [
            (message.id, message.model, message.res_id, kind)
            for message in self
            if message.model and message.res_id
        ]

    def _prepare_gestor_node(self):
        # sudo: who wrote it stands above the message anyway
        author = self.author_id.sudo().name or self.email_from
        date = format_datetime(self.env, self.date, dt_format="short")
        # cached, other than env.ref()
        view_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "gestor_base.mail_message_view_form"
        )
        return {
            "name": self.subject or self.preview or self.env._("Message"),
            "info": " · ".join(part for part in (author, date) if part),
            "icon": "fa-mobile" if self.message_type == "sms" else "fa-envelope-o",
            "action": {
                "type": "ir.actions.act_window",
                "name": self.env._("Message"),
                "res_model": self._name,
                "res_id": self.id,
                "views": [(view_id, "form")],
                "target": "new",
            },
        }
