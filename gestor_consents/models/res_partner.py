from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.verdict import decide

#: the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"
MARKETING = "marketing"


@dataclass(frozen=True)
class Verdict:
    """Whether a client may be contacted, with the reason for people and programs."""

    allowed: bool
    reason: str
    explanation: str


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_consent_ids = fields.One2many(
        "gestor.consent", "partner_id", string="Consents", groups=STAFF
    )
    gestor_has_marketing_consent = fields.Boolean(
        "Has a marketing consent",
        compute="_compute_gestor_has_marketing_consent",
        search="_search_gestor_has_marketing_consent",
        groups=STAFF,
    )

    def _compute_gestor_has_marketing_consent(self):
        given = self.env["gestor.consent"]._read_group(
            self._get_gestor_given_domain() & Domain("partner_id", "in", self.ids),
            ["partner_id"],
        )
        given_ids = {partner.id for (partner,) in given}
        for partner in self:
            partner.gestor_has_marketing_consent = partner.id in given_ids

    @api.model
    def _search_gestor_has_marketing_consent(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("gestor_consent_ids", "any", self._get_gestor_given_domain())

    @api.model
    def _get_gestor_given_domain(self):
        return (
            Domain("state", "=", "given")
            & Domain("type_id.is_marketing", "=", True)
            & (
                Domain("valid_until", "=", False)
                | Domain("valid_until", ">=", fields.Date.today())
            )
        )

    @api.model
    def _gestor_template_fields(self):
        return super()._gestor_template_fields() + ["gestor_consent_ids.type_id"]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_gestor_consent_log(self):
        # sudo: evidence is kept, whether or not the user sees it
        logs = self.env["gestor.consent.log"].sudo()
        if logs.search_count([("partner_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "The log of a client's consents is evidence that has to be kept. "
                    "Archive the client, or make the client anonymous."
                )
            )

    # === May we contact the client ===

    def _gestor_may_contact(self, channel, purpose=MARKETING, company=None):
        """Tell of each client whether it may be contacted.

        In a constant number of queries, for call lists and bulk sending.

        :param str channel: ``email``, ``sms``, ``phone`` or ``letter``
        :param purpose: ``"marketing"``: a consent of marketing for this channel is
            needed, and none of them refused; or the ``gestor.consent.type`` that is
            needed
        :param company: whose types count; the current company by default
        :return: ``{partner id: Verdict}``
        :rtype: dict[int, Verdict]
        """
        company = company or self.env.company
        labels = self._get_gestor_contact_reasons()
        reasons = self._get_gestor_contact_reason_codes(channel, purpose, company)
        made = {
            code: Verdict(code in ("given", "free", "internal"), code, label)
            for code, label in labels.items()
        }
        return {partner_id: made[code] for partner_id, code in reasons.items()}

    def _gestor_contact_refusals(self, channel, purpose=MARKETING):
        """Add those who have not agreed to marketing through the channel."""
        refusals = super()._gestor_contact_refusals(channel, purpose)
        if purpose != MARKETING:
            return refusals
        verdicts = self._gestor_may_contact(channel)
        return refusals | {
            partner_id: verdict.explanation
            for partner_id, verdict in verdicts.items()
            if not verdict.allowed
        }

    @api.model
    def _get_gestor_refused_by_record(self, channel, partner_ids_by_record):
        """Return who must be left out of what goes to the clients of many records.

        :param dict partner_ids_by_record: ``{record id: {partner ids}}``
        :return: ``{record id: {partner id: Verdict}}`` of those who are left out
        """
        all_ids = {pid for ids in partner_ids_by_record.values() for pid in ids}
        verdicts = self.browse(all_ids)._gestor_may_contact(channel)
        refused = {}
        for record_id, ids in partner_ids_by_record.items():
            no = {pid: verdicts[pid] for pid in ids if not verdicts[pid].allowed}
            if no:
                refused[record_id] = no
        return refused

    @api.model
    def _get_gestor_clients_behind(self, field, values):
        """Return the clients of some addresses or numbers.

        :param str field: ``email_normalized`` or ``phone_sanitized``
        :param values: addresses or numbers in that form, and false ones
        :return: ``{value: clients}``; those of nobody are missing
        """
        # sudo: also a client the sender cannot see may have refused
        partners = self.sudo()
        known = [value for value in set(values) if value]
        return partners.search_fetch([(field, "in", known)], [field]).grouped(field)

    def _get_gestor_contact_reason_codes(self, channel, purpose, company):
        # sudo: who may not be contacted is the business of everybody who writes
        kinds = self.env["gestor.consent.type"].sudo()
        if isinstance(purpose, str):
            kinds = kinds.search(kinds._get_needed_domain(channel, company))
        else:
            kinds = purpose.with_env(kinds.env)
        partners = self.with_env(kinds.env)
        partners.fetch(["partner_share", "email_normalized", "phone_sanitized"])
        if not kinds:
            return dict.fromkeys(self.ids, "free")
        answers = {partner_id: [] for partner_id in self.ids}
        consents = partners.env["gestor.consent"].search_fetch(
            [("partner_id", "in", self.ids), ("type_id", "in", kinds.ids)],
            ["partner_id", "state", "valid_until"],
            order="id",
        )
        for consent in consents:
            answers[consent.partner_id.id].append((consent.state, consent.valid_until))
        blocked = partners._get_gestor_blacklisted(channel)
        today = fields.Date.today()
        reasons = {}
        for partner in partners:
            if not partner.partner_share and partner.user_ids:
                reasons[partner.id] = "internal"
            elif partner.id in blocked:
                reasons[partner.id] = "blacklisted"
            else:
                reasons[partner.id] = decide(answers[partner.id], today)
        return reasons

    def _get_gestor_blacklisted(self, channel):
        """Return the ids of those whom the host's own lists keep from a channel."""
        lists = {
            "email": ("mail.blacklist", "email", "email_normalized"),
            "sms": ("phone.blacklist", "number", "phone_sanitized"),
            "phone": ("phone.blacklist", "number", "phone_sanitized"),
        }
        if channel not in lists:
            return set()
        model, column, name = lists[channel]
        values = set(self.mapped(name)) - {False}
        found = self.env[model].search_fetch([(column, "in", list(values))], [column])
        closed = set(found.mapped(column))
        return {partner.id for partner in self if partner[name] in closed}

    @api.model
    def _get_gestor_contact_reasons(self):
        """Return why a client may be contacted or not, in the user's language."""
        return {
            "given": self.env._("the consent is given"),
            "free": self.env._("no consent is needed for this channel"),
            "internal": self.env._("a user of this company"),
            "missing": self.env._("the client was never asked"),
            "waiting": self.env._("the client has not answered yet"),
            "refused": self.env._("the client has refused"),
            "withdrawn": self.env._("the consent was withdrawn"),
            "expired": self.env._("the consent has ended"),
            "blacklisted": self.env._(
                "the address or number is on the host's list of refusals"
            ),
        }

    # === The client's page ===

    def _gestor_consent_url(self):
        """Return the personal address of the client's page, for mail templates."""
        self.ensure_one()
        return self._gestor_consent_links()[self.id]._get_url()

    def _gestor_consent_links(self):
        """Return ``{partner id: link}`` in the current company."""
        # sudo: the secrets are nobody's to read; they go to the clients themselves
        links = self.env["gestor.consent.link"].sudo()
        return links._gestor_links(self, self.env.company)

    def _get_gestor_printed_kinds(self, company):
        """Return the consents that the print of a company asks for."""
        kinds = self.env["gestor.consent.type"]
        return kinds.search(
            kinds._get_company_domain(company) & kinds._get_public_domain()
        )

    # === Screens ===

    def _gestor_open_record_dialog(self, kinds):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record consents"),
            "res_model": "gestor.consent.record",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_ids": self.ids,
                "default_type_ids": kinds.ids,
            },
        }

    def action_gestor_record_consents(self):
        """Open the dialog that records what these clients have said."""
        return self._gestor_open_record_dialog(self.env["gestor.consent.type"])
