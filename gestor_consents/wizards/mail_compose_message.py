from ast import literal_eval

from odoo import api, fields, models
from odoo.tools import email_normalize
from odoo.tools.mail import append_content_to_html

from ..models.mail_mail import NO_CONSENT

#: context key: the records that lack a consent; the host then skips them as blocked
LEFT_OUT_KEY = "gestor_consents_left_out"


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    gestor_is_marketing = fields.Boolean(
        "Marketing",
        compute="_compute_gestor_is_marketing",
        store=True,
        readonly=False,
        help="Goes only to clients who have given the consent. Switch it off only for "
        "messages about a contract, a complaint or safety.",
    )
    gestor_left_out_count = fields.Integer(
        "Clients without consent", compute="_compute_gestor_left_out_count"
    )

    @api.depends("model", "template_id", "composition_mode")
    def _compute_gestor_is_marketing(self):
        """Take for marketing what is no ready message about a document."""
        for composer in self:
            composer.gestor_is_marketing = (
                composer.composition_mode == "mass_mail"
                and (not composer.template_id or composer.model == "res.partner")
            )

    @api.depends("model", "res_ids", "gestor_is_marketing", "composition_mode")
    def _compute_gestor_left_out_count(self):
        for composer in self:
            composer.gestor_left_out_count = 0
            if composer._gestor_minds_consents() and composer.model == "res.partner":
                ids = composer._evaluate_res_ids()
                verdicts = (
                    self.env["res.partner"].browse(ids)._gestor_may_contact("email")
                )
                composer.gestor_left_out_count = sum(
                    not verdict.allowed for verdict in verdicts.values()
                )

    def _gestor_minds_consents(self):
        self.ensure_one()
        return self.composition_mode == "mass_mail" and self.gestor_is_marketing

    def _get_gestor_refused(self, mail_values_all):
        """Return who must not get his mail.

        :return: ``{record id: {partner id: verdict}}``, of those who are left out
        """
        if not self._gestor_minds_consents():
            return {}
        return self.env["res.partner"]._get_gestor_refused_by_record(
            "email", self._get_gestor_recipients(mail_values_all)
        )

    def _get_gestor_recipients(self, mail_values_all):
        """Return the clients behind the addresses of each mail.

        An address that is no client's is not ours to judge: the host's mailing lists
        have their own subscriptions.

        :return: ``{record id: {partner ids}}``
        """
        found, addresses = {}, {}
        for record_id, values in mail_values_all.items():
            ids = {command[1] for command in values.get("recipient_ids") or []} - {0}
            if self.model == "res.partner":
                ids.add(record_id)
            found[record_id] = ids
            if not ids:
                addresses[record_id] = email_normalize(values.get("email_to") or "")
        partners = self.env["res.partner"]
        behind = partners._get_gestor_clients_behind(
            "email_normalized", addresses.values()
        )
        for record_id, address in addresses.items():
            found[record_id].update(behind.get(address, partners).ids)
        return found

    # === Hooks of the host ===

    def _get_blacklist_record_ids(self, mail_values_dict, recipients_info=None):
        blocked = super()._get_blacklist_record_ids(mail_values_dict, recipients_info)
        return set(blocked) | set(self.env.context.get(LEFT_OUT_KEY, ()))

    def _process_mail_values_state(self, mail_values_dict):
        """Cancel the mails to clients without the consent, and say why."""
        refused = self._get_gestor_refused(mail_values_dict)
        # before the host looks for duplicates: who is left out takes nobody's place
        composer = self.with_context(**{LEFT_OUT_KEY: tuple(refused)})
        result = super(MailComposeMessage, composer)._process_mail_values_state(
            mail_values_dict
        )
        for record_id, verdicts in refused.items():
            result[record_id].update(
                state="cancel",
                failure_type=NO_CONSENT,
                failure_reason=next(iter(verdicts.values())).explanation,
                is_notification=False,
            )
        return result

    def _prepare_mail_values(self, res_ids):
        """Let the client say no with one click, in the mail and in its header."""
        values_all = super()._prepare_mail_values(res_ids)
        if self._gestor_minds_consents() and self._gestor_adds_unsubscribe_link():
            self._gestor_add_unsubscribe_links(values_all)
        return values_all

    def _gestor_adds_unsubscribe_link(self):
        """Tell whether the mails get our link; others may bring their own.

        :rtype: bool
        """
        return True

    def _gestor_add_unsubscribe_links(self, values_all):
        partner_ids = {
            record_id: next(iter(ids))
            for record_id, ids in self._get_gestor_recipients(values_all).items()
            if len(ids) == 1 and values_all[record_id].get("state") != "cancel"
        }
        partners = self.env["res.partner"].browse(set(partner_ids.values()))
        links = partners._gestor_consent_links()
        for record_id, partner_id in partner_ids.items():
            values, link = values_all[record_id], links[partner_id]
            lang = partners.browse(partner_id).lang
            footer = (
                self.env["ir.qweb"]
                .with_context(lang=lang)
                ._render(
                    "gestor_consents.mail_footer",
                    {"url": link._get_url()},
                    minimal_qcontext=True,
                )
            )
            # the log of the document needs no secret link of the client
            name = "body_html" if values.get("body_html") else "body"
            values[name] = append_content_to_html(
                values.get(name) or "", footer, plaintext=False
            )
            values["headers"] = self._prepare_gestor_headers(values, link)

    def _prepare_gestor_headers(self, values, link):
        headers = values.get("headers") or {}
        if isinstance(headers, str):
            headers = literal_eval(headers)
        return repr(
            {
                **headers,
                "List-Unsubscribe": f"<{link._get_url('/unsubscribe')}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        )

    def _manage_mail_values(self, mail_values_all):
        left_out = {
            record_id: values
            for record_id, values in mail_values_all.items()
            if values.get("failure_type") == NO_CONSENT
        }
        # sudo: the list of the left out is written by the program only
        exclusions = self.env["gestor.consent.exclusion"].sudo()
        rows = [
            (partner_id, verdict, left_out[record_id].get("subject"))
            for record_id, refused in self._get_gestor_refused(left_out).items()
            for partner_id, verdict in refused.items()
        ]
        exclusions._gestor_add(rows, "email", self)
        return super()._manage_mail_values(mail_values_all)

    def action_send_mail(self):
        action = super().action_send_mail()
        if len(self) == 1 and self._gestor_minds_consents():
            return self.env["gestor.consent.exclusion"]._gestor_notify(self, action)
        return action
