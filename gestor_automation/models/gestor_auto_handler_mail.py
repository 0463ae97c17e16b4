from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError


class GestorAutoHandlerMail(models.AbstractModel):
    """Queue a mail made from a template. Parameters: ``template_id``."""

    _name = "gestor.auto.handler.mail"
    _description = "Send E-mail"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 10

    @api.model
    def _label(self):
        return self.env._("Send e-mail")

    @api.model
    def _get_template(self, params):
        return self._get_param_record("mail.template", params, "template_id")

    @api.model
    def _validate(self, params, model):
        self._check_same_model(self._get_template(params), model)

    @api.model
    def _describe(self, params):
        return self.env._(
            'Send e-mail "%(template)s"', template=self._get_template(params).name
        )

    @api.model
    def _preview(self, params, document):
        template = self._get_template(params)
        fields = ("subject", "body_html", "email_to", "partner_to")
        values = template._generate_template(document.ids, fields)[document.id]
        partners = self.env["res.partner"].browse(values.get("partner_ids"))
        recipients = [values.get("email_to"), *partners.mapped("email_formatted")]
        return [
            (self.env._("To"), ", ".join(filter(None, recipients))),
            (self.env._("Subject"), values.get("subject") or ""),
            (self.env._("Content"), Markup(values.get("body_html") or "")),
        ]

    @api.model
    def _run(self, action, document):
        template = self._get_template(action.params).with_env(action.env)
        # kept: it is a part of the document's history
        mail = template.send_mail_batch(
            document.ids, email_values={"auto_delete": False}
        )
        recipients = mail.recipient_ids.filtered("email")
        if not (mail.email_to or mail.email_cc or recipients):
            raise UserError(self.env._("There is no e-mail address to send it to."))
