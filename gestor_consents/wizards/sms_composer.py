from odoo import api, fields, models


class SmsComposer(models.TransientModel):
    _inherit = "sms.composer"

    gestor_is_marketing = fields.Boolean(
        "Marketing",
        compute="_compute_gestor_is_marketing",
        store=True,
        readonly=False,
        help="Goes only to clients who have given the consent. Switch it off only for "
        "messages about a contract, a complaint or safety.",
    )

    @api.depends("res_model", "template_id", "composition_mode")
    def _compute_gestor_is_marketing(self):
        """Take for marketing what is no ready message about a document."""
        for composer in self:
            composer.gestor_is_marketing = composer.composition_mode == "mass" and (
                not composer.template_id or composer.res_model == "res.partner"
            )

    def _get_gestor_refused(self, records, recipients_info):
        """Return who must not get an SMS.

        :return: ``{record id: {partner id: verdict}}``
        """
        if self.composition_mode != "mass" or not self.gestor_is_marketing:
            return {}
        return self.env["res.partner"]._get_gestor_refused_by_record(
            "sms", self._get_gestor_recipients(records, recipients_info)
        )

    def _get_gestor_recipients(self, records, recipients_info):
        """Return the clients behind the numbers: ``{record id: {partner ids}}``."""
        found, numbers = {}, {}
        for record in records:
            info = recipients_info[record.id]
            partner = record if record._name == "res.partner" else info["partner"]
            found[record.id] = set(partner.ids)
            if not partner:
                numbers[record.id] = info["sanitized"]
        partners = self.env["res.partner"]
        behind = partners._get_gestor_clients_behind(
            "phone_sanitized", numbers.values()
        )
        for record_id, number in numbers.items():
            found[record_id].update(behind.get(number, partners).ids)
        return found

    def _get_optout_record_ids(self, records, recipients_info):
        """Cancel the SMS to clients without the consent, and keep who they are."""
        optout_ids = super()._get_optout_record_ids(records, recipients_info)
        refused = self._get_gestor_refused(records, recipients_info)
        # sudo: the list of the left out is written by the program only
        exclusions = self.env["gestor.consent.exclusion"].sudo()
        rows = [
            (partner_id, verdict, self.body)
            for verdicts in refused.values()
            for partner_id, verdict in verdicts.items()
        ]
        exclusions._gestor_add(rows, "sms", self)
        return [*optout_ids, *refused]

    def action_send_sms(self):
        action = super().action_send_sms()
        return self.env["gestor.consent.exclusion"]._gestor_notify(self, action)
