from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import person

# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"
# who a person is for the state: for those only whose work needs it
IDENTITY = "gestor_partners.gestor_partners_group_identity"
FIRM_SUBTYPES = ("firm", "institution", "partner")
PERSON_SUBTYPES = ("person", "employee", "partner")
#: fields whose values no template, message or chatter tells
PRIVATE_FIELDS = (
    "gestor_pesel",
    "gestor_identity_kind",
    "gestor_identity_number",
    "gestor_identity_issuer",
    "gestor_identity_valid_until",
)


class GestorPartnerIdentityMixin(models.AbstractModel):
    """What a person has and what a firm has; nothing is lost by becoming the other.

    A field of the other kind is hidden, never emptied.
    """

    _name = "gestor.partner.identity.mixin"
    _description = "Attributes of Persons and Firms"

    gestor_subtype = fields.Selection(
        [
            ("firm", "Firm"),
            ("person", "Person"),
            ("institution", "Institution"),
            ("employee", "Employee"),
            ("partner", "Own partner"),
        ],
        string="Type of client",
        compute="_compute_gestor_subtype",
        store=True,
        readonly=False,
        tracking=True,
        help="Firms and institutions are companies, persons and employees are "
        "persons, an own partner may be either.",
        groups=STAFF,
    )

    # === Fields: a person ===

    gestor_first_name = fields.Char(
        string="First names",
        compute="_compute_gestor_names",
        inverse="_inverse_gestor_names",
        store=True,
        readonly=False,
        copy=False,
        groups=STAFF,
    )
    gestor_last_name = fields.Char(
        string="Last name",
        compute="_compute_gestor_names",
        inverse="_inverse_gestor_names",
        store=True,
        readonly=False,
        copy=False,
        groups=STAFF,
    )
    gestor_birth_date = fields.Date(
        string="Date of birth",
        compute="_compute_gestor_birth",
        store=True,
        readonly=False,
        copy=False,
        groups=STAFF,
    )
    gestor_sex = fields.Selection(
        [("female", "Woman"), ("male", "Man")],
        string="Sex",
        compute="_compute_gestor_birth",
        store=True,
        readonly=False,
        groups=STAFF,
    )
    gestor_pesel = fields.Char(string="PESEL", copy=False, groups=IDENTITY)
    gestor_identity_kind = fields.Selection(
        [
            ("id_card", "Identity card"),
            ("passport", "Passport"),
            ("residence_card", "Residence card"),
            ("driving_licence", "Driving licence"),
            ("other", "Other"),
        ],
        string="Identity document",
        copy=False,
        groups=IDENTITY,
    )
    gestor_identity_number = fields.Char(
        string="Number of the document", copy=False, groups=IDENTITY
    )
    gestor_identity_issuer = fields.Char(
        string="Issued by", copy=False, groups=IDENTITY
    )
    gestor_identity_valid_until = fields.Date(
        string="Document valid until", copy=False, groups=IDENTITY
    )

    # === Fields: a firm ===

    gestor_krs = fields.Char(string="KRS", groups=STAFF)
    gestor_legal_form = fields.Char(string="Legal form", groups=STAFF)
    gestor_founding_date = fields.Date(
        string="Date of founding", copy=False, groups=STAFF
    )

    # === Computes ===

    @api.depends("is_company")
    def _compute_gestor_subtype(self):
        for partner in self:
            fitting = FIRM_SUBTYPES if partner.is_company else PERSON_SUBTYPES
            if partner.gestor_subtype not in fitting:
                partner.gestor_subtype = fitting[0]

    @api.depends("name", "is_company")
    def _compute_gestor_names(self):
        for partner in self:
            first, last = partner.gestor_first_name, partner.gestor_last_name
            # a firm keeps the names that it had as a person, for the way back;
            # who has been told apart by hand stays so ("Ana" "de la Cruz")
            whole = " ".join((partner.name or "").split())
            if not partner.is_company and person.join_name(first, last) != whole:
                first, last = person.split_name(whole)
            partner.gestor_first_name = first or False
            partner.gestor_last_name = last or False

    def _inverse_gestor_names(self):
        for partner in self.filtered(lambda partner: not partner.is_company):
            name = person.join_name(partner.gestor_first_name, partner.gestor_last_name)
            if name and name != " ".join((partner.name or "").split()):
                partner.name = name

    @api.depends("gestor_pesel")
    def _compute_gestor_birth(self):
        for partner in self:
            known = person.read_pesel(partner.gestor_pesel)
            birth_date, sex = known or (partner.gestor_birth_date, partner.gestor_sex)
            partner.gestor_birth_date = birth_date
            partner.gestor_sex = sex

    # === Constraints and onchanges ===

    @api.constrains("gestor_subtype", "is_company")
    def _check_gestor_subtype(self):
        for partner in self:
            fitting = FIRM_SUBTYPES if partner.is_company else PERSON_SUBTYPES
            if partner.gestor_subtype and partner.gestor_subtype not in fitting:
                raise ValidationError(
                    self.env._(
                        "The type of “%(client)s” does not fit: a firm becomes a "
                        "person, or a person a firm, by Action > Convert.",
                        client=partner.name,
                    )
                )

    @api.constrains("gestor_pesel")
    def _check_gestor_pesel(self):
        for partner in self:
            if partner.gestor_pesel and not person.read_pesel(partner.gestor_pesel):
                raise ValidationError(
                    self.env._(
                        "This PESEL cannot be right: it has 11 digits, of which the "
                        "first six are the date of birth and the last one checks the "
                        "others."
                    )
                )

    @api.constrains("company_registry", "gestor_krs", "country_id", "is_company")
    def _check_gestor_register_numbers(self):
        """Refuse a wrong REGON or KRS number of a Polish firm.

        The host's key that lets imports keep a wrong NIP lets them keep these too.
        """
        if self.env.context.get("no_vat_validation"):
            return
        for partner in self:
            if not partner.is_company or partner.country_id.code != "PL":
                continue
            number = partner.company_registry
            if number and not person.is_regon(number):
                raise ValidationError(
                    self.env._(
                        "The REGON %(number)s cannot be right: it has 9 or 14 digits, "
                        "of which the last one checks the others.",
                        number=number,
                    )
                )
            if partner.gestor_krs and not person.is_krs(partner.gestor_krs):
                raise ValidationError(
                    self.env._(
                        "The KRS number %(number)s cannot be right: it has 10 digits.",
                        number=partner.gestor_krs,
                    )
                )

    @api.onchange("gestor_first_name", "gestor_last_name")
    def _onchange_gestor_names(self):
        self._inverse_gestor_names()

    # === Helpers ===

    @api.model
    def _with_gestor_is_company(self, vals):
        """Return the values of a new partner with what its ``company_type`` means.

        The host's form sends only that, and the host sets the field after the checks.
        """
        if "company_type" not in vals or "is_company" in vals:
            return vals
        return {**vals, "is_company": vals["company_type"] == "company"}

    @api.model
    def _prepare_gestor_numbers(self, vals):
        """Return the values with the numbers of the registers as they are kept."""
        return {
            name: person.compact_number(value) or False
            if name in ("gestor_pesel", "gestor_krs")
            else value
            for name, value in vals.items()
        }

    def _log_gestor_identity(self, names):
        """Write down that identity data were changed, without telling them.

        :param names: names of the fields written
        """
        changed = [name for name in PRIVATE_FIELDS if name in names]
        if not changed or not self:
            return
        labels = self.sudo().fields_get(changed, ["string"])  # sudo: labels only
        body = self.env._(
            "Identity data changed: %(fields)s",
            fields=", ".join(labels[name]["string"] for name in changed),
        )
        self._message_log_batch({partner.id: body for partner in self})

    def _sync_gestor_anniversaries(self, names):
        """Let the anniversaries follow the dates of birth and of founding.

        A date taken away leaves the anniversary, which may be known without a year.

        :param names: names of the fields written
        """
        dates = {"gestor_birth_date": "birthday", "gestor_founding_date": "founding"}
        if "gestor_pesel" in names:
            names = {*names, "gestor_birth_date"}
        kinds = {kind: name for name, kind in dates.items() if name in names}
        if not kinds:
            return
        # sudo: whoever may change the client may let its own dates follow
        anniversaries = self.env["gestor.anniversary"].sudo()
        known = {
            (anniversary.partner_id.id, anniversary.kind): anniversary
            for anniversary in anniversaries.search(
                [("partner_id", "in", self.ids), ("kind", "in", list(kinds))],
                order="id desc",
            )
        }
        missing = []
        for partner in self:
            for kind, name in kinds.items():
                date = partner[name]
                if not date:
                    continue
                vals = {"day": date.day, "month": str(date.month), "year": date.year}
                anniversary = known.get((partner.id, kind))
                if not anniversary:
                    missing.append({"partner_id": partner.id, "kind": kind, **vals})
                elif any(anniversary[field] != vals[field] for field in vals):
                    anniversary.write(vals)
        anniversaries.create(missing)
