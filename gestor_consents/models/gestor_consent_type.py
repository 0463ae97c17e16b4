from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

EXAMPLES = ("email", "phone", "offer")


class GestorConsentType(models.Model):
    """What clients are asked to agree to."""

    _name = "gestor.consent.type"
    _description = "Consent Type"
    _order = "sequence, id"
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    purpose = fields.Text(
        translate=True, help="What the data are processed for, in a sentence."
    )
    legal_basis = fields.Selection(
        [
            ("consent", "Consent (art. 6 (1) a GDPR)"),
            ("contract", "Contract (art. 6 (1) b GDPR)"),
            ("obligation", "Legal obligation (art. 6 (1) c GDPR)"),
            ("interest", "Legitimate interest (art. 6 (1) f GDPR)"),
        ],
        required=True,
        default="consent",
    )
    is_email = fields.Boolean("E-mail")
    is_sms = fields.Boolean("SMS")
    is_phone = fields.Boolean("Phone")
    is_letter = fields.Boolean("Letter")
    is_marketing = fields.Boolean(
        "Marketing",
        help="Bulk mail and SMS go only to clients who have given it.",
    )
    is_required = fields.Boolean(
        "Required", help="Without it the company cannot work with the client."
    )
    is_public = fields.Boolean(
        "On the client's page", default=True, help="The client can answer by himself."
    )
    has_double_opt_in = fields.Boolean(
        "Confirmation by e-mail",
        help="A yes on the client's page counts once a link in a mail is confirmed.",
    )
    validity_months = fields.Integer(
        "Valid for months", help="0: until it is withdrawn."
    )
    remind_days = fields.Integer(
        "Remind, days before",
        default=30,
        help="The guardian of the client gets a to-do so long before a consent ends.",
    )
    version_ids = fields.One2many(
        "gestor.consent.version", "type_id", string="Versions of the text"
    )
    version_id = fields.Many2one(
        "gestor.consent.version",
        string="Current version",
        compute="_compute_version_id",
    )

    _validity_positive = models.Constraint(
        "CHECK(validity_months >= 0 AND remind_days >= 0)",
        "Periods cannot be negative.",
    )

    @api.depends("version_ids.number")
    def _compute_version_id(self):
        for kind in self:
            kind.version_id = kind.version_ids.sorted("number")[-1:]

    @api.constrains("is_marketing", "is_email", "is_sms", "is_phone", "is_letter")
    def _check_channels(self):
        for kind in self:
            if kind.is_marketing and not kind._get_channels():
                raise ValidationError(
                    self.env._("Choose at least one channel of a marketing consent.")
                )

    @api.constrains("company_id")
    def _check_company_id(self):
        moved = self.filtered("company_id")
        for kind, companies in self.env["gestor.consent"]._read_group(
            [("type_id", "in", moved.ids), ("partner_id.company_id", "!=", False)],
            ["type_id"],
            ["partner_id:recordset"],
        ):
            if companies.company_id - kind.company_id:
                raise ValidationError(
                    self.env._("Clients of other companies have answered it already.")
                )

    def action_use_examples(self):
        """Activate the ready examples, and the clause of a company without its own."""
        found = [
            self.env.ref(f"gestor_consents.gestor_consent_type_{name}", False)
            for name in EXAMPLES
        ]
        kinds = self.browse(kind.id for kind in found if kind)
        kinds.check_access("write")
        kinds.active = True
        # sudo: whoever configures consents may fill in an empty clause
        self.env.company.sudo()._gestor_use_clause_example()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _get_channels(self):
        """Return the codes of the channels that the consent covers."""
        self.ensure_one()
        codes = ("email", "sms", "phone", "letter")
        return [code for code in codes if self[f"is_{code}"]]

    @api.model
    def _get_needed_domain(self, channel, company):
        """Return the marketing consents that a channel needs in a company.

        :rtype: Domain
        """
        return (
            Domain("is_marketing", "=", True)
            & Domain(f"is_{channel}", "=", True)
            & self._get_company_domain(company)
        )

    @api.model
    def _get_company_domain(self, company):
        return Domain("company_id", "in", [False, *company.parent_ids.ids])

    @api.model
    def _get_public_domain(self):
        """Return the consents that a client answers by himself, a text to read given.

        :rtype: Domain
        """
        return Domain("is_public", "=", True) & Domain("version_ids", "!=", False)
