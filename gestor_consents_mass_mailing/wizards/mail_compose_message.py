from odoo import api, models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    @api.depends("mass_mailing_id", "mass_mailing_name")
    def _compute_gestor_is_marketing(self):
        """Whatever it is sent to, a mailing is marketing."""
        result = super()._compute_gestor_is_marketing()
        for composer in self:
            if composer.mass_mailing_id or composer.mass_mailing_name:
                composer.gestor_is_marketing = True
        return result

    def _gestor_minds_consents(self):
        return super()._gestor_minds_consents() or (
            self.composition_mode == "mass_mail" and bool(self.mass_mailing_id)
        )

    def _gestor_adds_unsubscribe_link(self):
        # a mailing has the host's link; who uses it is on the list of refusals
        return not self.mass_mailing_id and super()._gestor_adds_unsubscribe_link()

    def _prepare_mail_values_mailing_traces(self, mail_values_all):
        """Let the mailing tell why somebody was left out."""
        traces = super()._prepare_mail_values_mailing_traces(mail_values_all)
        for res_id, values in mail_values_all.items():
            if traces.get(res_id) and values.get("failure_reason"):
                traces[res_id]["failure_reason"] = values["failure_reason"]
        return traces
