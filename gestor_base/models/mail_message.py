from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime

# so much of a message without a subject stands for one
TITLE = 80


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", "gestor.relation.mixin", "gestor.history.mixin"]

    _gestor_history_date = "date"
    _gestor_history_model_field = "model"

    # what a time line tells of a document, without the changes the host notes down
    _gestor_history_idx = models.Index(
        "(model, res_id, date DESC, id DESC)"
        " WHERE message_type IN ('comment', 'email', 'email_outgoing', 'sms')"
    )

    @api.model
    def _gestor_history_kinds(self):
        # sudo: ordinary users may not read what kinds of messages there are
        subtypes = self.env["mail.message.subtype"].sudo()
        inner = Domain("subtype_id", "=", False) | Domain(
            "subtype_id", "in", subtypes.search([("internal", "=", True)]).ids
        )
        comment = Domain("message_type", "=", "comment")
        mails = ("email", "email_outgoing")
        kinds = (
            ("mail", "fa-envelope-o", Domain("message_type", "in", mails)),
            ("sms", "fa-mobile", Domain("message_type", "=", "sms")),
            ("message", "fa-comment-o", comment & ~inner),
            ("note", "fa-sticky-note-o", comment & inner),
        )
        labels = {
            "mail": self.env._("E-mail"),
            "sms": self.env._("SMS"),
            "message": self.env._("Message"),
            "note": self.env._("Note"),
        }
        return [
            {"kind": kind, "label": labels[kind], "icon": icon, "domain": domain}
            for kind, icon, domain in kinds
        ]

    @api.model
    def _get_gestor_history_text_domain(self, text):
        return Domain("subject", "ilike", text) | Domain("body", "ilike", text)

    def _prepare_gestor_history_entry(self):
        text = self.preview or ""
        return {
            "title": self.subject or text[:TITLE] or self.env._("Message"),
            "summary": text if self.subject or len(text) > TITLE else "",
            "author": self.author_id,
            "author_name": not self.author_id and self.email_from,
            "document": self.env[self.model].browse(self.res_id),
            "document_name": self.record_name,
        }

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
