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
        partner_ids = self._get_gestor_recipients(records, recipients_info)
        all_ids = {pid for ids in partner_ids.values() for pid in ids}
        verdicts = self.env["res.partner"].browse(all_ids)._gestor_may_contact("sms")
        refused = {}
        for record_id, ids in partner_ids.items():
            no = {pid: verdicts[pid] for pid in ids if not verdicts[pid].allowed}
            if no:
                refused[record_id] = no
        return refused

    def _get_gestor_recipients(self, records, recipients_info):
        """Return the clients behind the numbers: ``{record id: {partner ids}}``."""
        found, numbers = {}, {}
        for record in records:
            info = recipients_info[record.id]
            partner = record if record._name == "res.partner" else info["partner"]
            found[record.id] = set(partner.ids)
            if not partner:
                numbers[record.id] = info["sanitized"]
        # sudo: also a client the sender cannot see may have refused
        known = (
            self.env["res.partner"]
            .sudo()
            .search_fetch(
                [("phone_sanitized", "in", list(set(numbers.values()) - {False}))],
                ["phone_sanitized"],
            )
        )
        by_number = known.grouped("phone_sanitized")
        for record_id, number in numbers.items():
            found[record_id].update(by_number.get(number, known.browse()).ids)
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
