from odoo import api, models
from odoo.exceptions import UserError


class GestorAutoHandlerSms(models.AbstractModel):
    """Queue an SMS made from a template. Parameters: ``template_id``."""

    _name = "gestor.auto.handler.sms"
    _description = "Send SMS"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 20

    @api.model
    def _label(self):
        return self.env._("Send SMS")

    @api.model
    def _get_template(self, params):
        return self._get_param_record("sms.template", params, "template_id")

    @api.model
    def _validate(self, params, model):
        self._check_inherits(model, "mail.thread")
        self._check_same_model(self._get_template(params), model)

    @api.model
    def _describe(self, params):
        return self.env._(
            'Send SMS "%(template)s"', template=self._get_template(params).name
        )

    @api.model
    def _preview(self, params, document):
        template = self._get_template(params)
        texts = template._render_field("body", document.ids, compute_lang=True)
        return [
            (self.env._("To"), self._get_number(document) or ""),
            (self.env._("Content"), texts[document.id]),
        ]

    @api.model
    def _get_number(self, document):
        """Return the number that the host would send the SMS to, or nothing."""
        info = document._sms_get_recipients_info()[document.id]
        return info["sanitized"] or info["number"]

    @api.model
    def _run(self, action, document):
        if not self._get_number(document):
            raise UserError(self.env._("There is no phone number to send it to."))
        template = self._get_template(action.params).with_env(action.env)
        document._message_sms_with_template(template, put_in_queue=True)
