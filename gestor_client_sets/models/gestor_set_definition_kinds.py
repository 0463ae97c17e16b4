from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.gestor_base.models.gestor_info_mixin import CONTACT_TYPES
from odoo.addons.gestor_partners.models.gestor_client_interest import STRENGTHS

NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


class DefinitionBought(models.AbstractModel):
    _name = "gestor.set.definition.bought"
    _description = "Bought goods"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 10
    _gestor_params = ("product_ids", "date_from", "date_to", "days")

    @api.model
    def _label(self):
        return self.env._("Bought goods")

    @api.model
    def _validate(self, condition):
        result = super()._validate(condition)
        first, last = condition.date_from, condition.date_to
        if first and last and first > last:
            raise ValidationError(self.env._("The period ends before it begins."))
        return result

    @api.model
    def _get_domain(self, condition):
        domain = Domain("parent_state", "=", "posted")
        domain &= Domain("move_id.move_type", "in", ("out_invoice", "out_receipt"))
        domain &= Domain("display_type", "=", "product")
        if condition.product_ids:
            domain &= Domain("product_id", "in", condition.product_ids.ids)
        first = condition.date_from
        if condition.days:
            first = fields.Date.context_today(self) - timedelta(days=condition.days)
        if first:
            domain &= Domain("invoice_date", ">=", first)
        if condition.date_to:
            domain &= Domain("invoice_date", "<=", condition.date_to)
        lines = self.env["account.move.line"]._search(domain)
        if lines.is_empty():
            return Domain.FALSE
        # the partner of such a line is the firm
        partners = lines.subselect(SQL.identifier(lines.table, "partner_id"))
        return Domain("commercial_partner_id", "in", partners)


class DefinitionNoContact(models.AbstractModel):
    _name = "gestor.set.definition.no_contact"
    _description = "No contact for some days"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 20
    _gestor_params = ("days",)
    _gestor_required = ("days",)

    @api.model
    def _label(self):
        return self.env._("No contact for some days")

    @api.model
    def _get_domain(self, condition):
        since = fields.Datetime.now() - timedelta(days=condition.days)
        # that there was a contact is no secret, what was said is; a new client has had
        # no time for one
        return Domain("create_date", "<", since) & Domain(
            "commercial_partner_id", "not in", self._get_contacted(since)
        )

    @api.model
    def _get_contacted(self, since):
        """Return the firms in touch since a moment: written to, or writing to us.

        :rtype: SQL
        """
        return SQL(
            """(
            SELECT partner.commercial_partner_id
              FROM mail_message AS message
              JOIN res_partner AS partner
                ON message.author_id = partner.id
                   OR (message.model = 'res.partner' AND message.res_id = partner.id)
             WHERE message.date >= %(since)s
               AND message.message_type IN %(types)s
               AND partner.commercial_partner_id IS NOT NULL)""",
            since=since,
            types=CONTACT_TYPES,
        )


class DefinitionAnniversary(models.AbstractModel):
    _name = "gestor.set.definition.anniversary"
    _description = "Anniversary within some days"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 30
    _gestor_params = ("days",)

    @api.model
    def _label(self):
        return self.env._("Anniversary within some days")

    @api.model
    def _get_domain(self, condition):
        today = fields.Date.context_today(self)
        return Domain(
            "gestor_anniversary_ids",
            "any",
            Domain("next_date", ">=", today)
            & Domain("next_date", "<=", today + timedelta(days=condition.days)),
        )


class DefinitionInterest(models.AbstractModel):
    _name = "gestor.set.definition.interest"
    _description = "Interested in"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 40
    _gestor_params = ("interest_ids", "interest_strength")
    _gestor_required = ("interest_ids",)

    @api.model
    def _label(self):
        return self.env._("Interested in")

    @api.model
    def _get_domain(self, condition):
        interests = condition.interest_ids.ids
        weakest = condition.interest_strength
        if not weakest:
            return Domain("gestor_interest_ids", "child_of", interests)
        strong = [strength for strength, label in STRENGTHS if strength >= weakest]
        return Domain(
            "gestor_client_interest_ids",
            "any",
            Domain("interest_id", "child_of", interests)
            & Domain("strength", "in", strong),
        )


class DefinitionBranch(models.AbstractModel):
    _name = "gestor.set.definition.branch"
    _description = "Branch of a head office"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 50
    _gestor_params = ("head_office_id",)

    @api.model
    def _label(self):
        return self.env._("Branch of a head office")

    @api.model
    def _get_domain(self, condition):
        office = condition.head_office_id
        if not office:
            return Domain("gestor_head_office_id", "!=", False)
        return Domain("gestor_head_office_id", "=", office.id) | Domain(
            "gestor_head_office_id.gestor_head_office_id", "=", office.id
        )


class DefinitionInvalidNip(models.AbstractModel):
    _name = "gestor.set.definition.invalid_nip"
    _description = "NIP with a wrong check digit"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 60

    @api.model
    def _label(self):
        return self.env._("NIP with a wrong check digit")

    @api.model
    def _get_domain(self, _condition):
        return Domain.custom(to_sql=self._get_invalid_sql)

    @api.model
    def _get_invalid_sql(self, model, alias, query):
        """Return the rule of ``lib/nip.py`` for the normalised column.

        A number with a foreign prefix is not looked at; in Poland, or with the Polish
        prefix, anything that is no NIP is wrong; ten digits are one where nothing is
        known about the country.
        """
        number = model._field_to_sql(alias, "gestor_nip", query)
        vat = model._field_to_sql(alias, "vat", query)
        country = model._field_to_sql(alias, "country_id", query)
        total = SQL(" + ").join(
            SQL("%s * substr(%s, %s, 1)::int", weight, number, position)
            for position, weight in enumerate(NIP_WEIGHTS, 1)
        )
        return SQL(
            r"""(CASE
                WHEN COALESCE(%(number)s, '') = ''
                     OR %(number)s ~ '^[A-Za-z]([A-Za-z]|$)' THEN FALSE
                WHEN COALESCE(%(country)s, 0) != %(poland)s
                     AND upper(regexp_replace(%(vat)s, '[\W_]', '', 'g')) !~ '^PL'
                     AND (%(country)s IS NOT NULL OR %(number)s !~ '^[0-9]{10}$')
                     THEN FALSE
                WHEN %(number)s !~ '^[0-9]{10}$' OR %(number)s = '0000000000' THEN TRUE
                ELSE (%(total)s) %% 11 != substr(%(number)s, 10, 1)::int
            END)""",
            number=number,
            vat=vat,
            country=country,
            poland=self.env.ref("base.pl").id,
            total=total,
        )


class DefinitionNoConsent(models.AbstractModel):
    _name = "gestor.set.definition.no_consent"
    _description = "Without any consent"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 70

    @api.model
    def _is_available(self):
        return "gestor.consent" in self.env

    @api.model
    def _label(self):
        return self.env._("Without any consent")

    @api.model
    def _get_domain(self, _condition):
        # whether there is one is no secret; the registry may be closed to the user
        consents = self.env["gestor.consent"].sudo()
        given = consents._search(Domain("state", "in", ("given",)))
        partners = given.subselect(SQL.identifier(given.table, "partner_id"))
        return Domain("id", "not in", partners)


class DefinitionDuplicate(models.AbstractModel):
    _name = "gestor.set.definition.duplicate"
    _description = "Possible duplicate"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 80

    @api.model
    def _is_available(self):
        return "gestor.duplicate" in self.env

    @api.model
    def _label(self):
        return self.env._("Possible duplicate")

    @api.model
    def _get_domain(self, _condition):
        # sudo: that a client looks like another one names nobody
        pairs = self.env["gestor.duplicate"].sudo()
        query = pairs._search(Domain("state", "=", "open"))
        return Domain.OR(
            Domain("id", "in", query.subselect(SQL.identifier(query.table, column)))
            for column in ("partner_id", "duplicate_id")
        )


class DefinitionStalledProcess(models.AbstractModel):
    _name = "gestor.set.definition.stalled_process"
    _description = "Offer process stands still"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 85
    _gestor_params = ("days",)
    _gestor_required = ("days",)

    @api.model
    def _is_available(self):
        return "crm.lead" in self.env

    @api.model
    def _label(self):
        return self.env._("Offer process stands still")

    @api.model
    def _get_domain(self, condition):
        since = fields.Datetime.now() - timedelta(days=condition.days)
        domain = Domain("type", "=", "opportunity") & Domain(
            "won_status", "=", "pending"
        )
        domain &= Domain("create_date", "<", since)
        domain &= Domain("date_last_stage_update", "<", since)
        # that something was written is no secret, what was written is
        domain &= Domain("id", "not in", self._get_written(since))
        processes = self.env["crm.lead"]._search(domain)
        partners = processes.subselect(SQL.identifier(processes.table, "partner_id"))
        # of a contact it is the firm that waits
        return Domain("id", "in", partners) | Domain(
            "child_ids", "any", Domain("id", "in", partners)
        )

    @api.model
    def _get_written(self, since):
        """Return the processes about which somebody wrote since a moment.

        :rtype: SQL
        """
        return SQL(
            """(
            SELECT message.res_id FROM mail_message AS message
             WHERE message.model = 'crm.lead' AND message.date >= %(since)s
               AND message.message_type IN %(types)s AND message.res_id IS NOT NULL)""",
            since=since,
            types=CONTACT_TYPES,
        )
