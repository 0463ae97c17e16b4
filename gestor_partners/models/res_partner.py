from odoo import api, fields, models
from odoo.fields import Domain

from ..const import READERS
from ..lib import nip, phone
from .res_partner_address import PURPOSES
from .res_partner_identity import PRIVATE_FIELDS

# so many clients are looked at when a text of the search everywhere means clients
MANY_CLIENTS = 50
# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"

#: who and where a client is: no template for others keeps it
IDENTITY_FIELDS = {
    *("name", "ref", "vat", "barcode", "company_registry", "email", "phone"),
    *("website", "street", "street2", "zip", "city", "parent_id", "user_ids"),
    *("gestor_first_name", "gestor_last_name", "gestor_birth_date", "gestor_sex"),
    *("gestor_krs", "gestor_founding_date", "gestor_head_office_id", "gestor_subtype"),
    *PRIVATE_FIELDS,
    "calendar_last_notif_ack",
    "gestor_former_names",
}


def _trigram_index(column):
    """Return an index that finds any part of a column, as the host builds it.

    For columns whose own index, made by the host, keeps the order or the equality.
    """

    def definition(registry):
        if not registry.has_trigram:
            return ""
        return f"USING gin ({registry.unaccent(column)} gin_trgm_ops)"

    return models.Index(definition)


class ResPartner(models.Model):
    """A client is the host's partner with a kind."""

    _name = "res.partner"
    _inherit = [
        "res.partner",
        "gestor.partner.structure.mixin",
        "gestor.partner.identity.mixin",
        "gestor.partner.address.mixin",
        "gestor.former.name.mixin",
        "gestor.partner.representation.mixin",
        "gestor.partner.guardian.mixin",
        "gestor.partner.contact.mixin",
        "gestor.document.mixin",
        "gestor.search.mixin",
        "gestor.import.template.mixin",
    ]

    # an address without a name is called by the name of its firm and its type
    _complete_name_displayed_types = (
        *("invoice", "delivery", "other"),
        *(code for code, label in PURPOSES),
    )
    _gestor_search_sequence = 10
    _gestor_search_icon = "fa-address-card-o"

    # one column without such an index makes the search box read the whole table
    _gestor_complete_name_trgm_idx = _trigram_index("complete_name")
    _gestor_ref_trgm_idx = _trigram_index("ref")
    _gestor_vat_trgm_idx = _trigram_index("vat")
    _gestor_company_registry_trgm_idx = _trigram_index("company_registry")
    _gestor_nip_trgm_idx = _trigram_index("gestor_nip")
    _gestor_former_names_trgm_idx = _trigram_index("gestor_former_names")

    type = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "set default" for code, label in PURPOSES},
    )
    email = fields.Char(index="trigram")
    email_normalized = fields.Char(index="btree_not_null")
    user_id = fields.Many2one(index="btree_not_null")

    gestor_kind = fields.Selection(
        [
            ("potential", "Potential"),
            ("standard", "Standard"),
            ("former", "Former"),
        ],
        string="Client kind",
        default="potential",
        tracking=True,
        copy=False,
        help="Potential: has bought nothing yet. Standard: buys. Former: buys no "
        "more. Empty: no client, like your own companies and employees.",
        groups=STAFF,
    )
    gestor_nip = fields.Char(
        string="NIP",
        compute="_compute_gestor_nip",
        store=True,
        index="btree_not_null",
        help="The tax number without separators; foreign ones with their prefix.",
    )
    gestor_is_nip_doubtful = fields.Boolean(
        string="NIP is doubtful", compute="_compute_gestor_is_nip_doubtful"
    )
    gestor_phone_digits = fields.Char(
        string="Phone digits",
        compute="_compute_gestor_phone_digits",
        store=True,
        index="trigram",
    )
    gestor_search = fields.Char(
        string="Client",
        search="_search_gestor_search",
        store=False,
        help="Finds by name, former name, code, e-mail, NIP in any spelling and phone "
        "number.",
    )

    # === Fields: the relation with the client ===

    gestor_relation_id = fields.Many2one(
        "gestor.relation",
        string="Relation",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        groups=STAFF,
    )
    gestor_importance = fields.Selection(
        [
            ("0", "Unknown"),
            ("1", "Least"),
            ("2", "Small"),
            ("3", "Middle"),
            ("4", "Great"),
            ("5", "Greatest"),
        ],
        string="Importance",
        groups=STAFF,
    )
    gestor_interest_ids = fields.Many2many(
        "gestor.interest",
        "gestor_client_interest",
        "partner_id",
        "interest_id",
        string="Interests",
        groups=STAFF,
    )
    gestor_client_interest_ids = fields.One2many(
        "gestor.client.interest",
        "partner_id",
        string="Strength of interests",
        groups=STAFF,
    )
    gestor_anniversary_ids = fields.One2many(
        "gestor.anniversary", "partner_id", string="Anniversaries", groups=STAFF
    )
    gestor_print_setting_ids = fields.One2many(
        "gestor.print.setting",
        "partner_id",
        string="Print parameters",
        groups=READERS,
    )

    # === Computes and searches ===

    @api.depends("vat")
    def _compute_gestor_nip(self):
        for partner in self:
            partner.gestor_nip = nip.normalize(partner.vat) or False

    @api.depends("vat", "country_id")
    def _compute_gestor_is_nip_doubtful(self):
        for partner in self:
            partner.gestor_is_nip_doubtful = nip.is_doubtful(
                partner.vat, partner.country_id.code
            )

    def _compute_same_vat_partner_id(self):
        """The branches of a firm are no duplicates of it."""
        result = super()._compute_same_vat_partner_id()
        doubtful = self.filtered("same_vat_partner_id")
        # sudo: whoever sees the banner may know that the other one is a branch
        groups = doubtful.sudo()._get_gestor_groups()
        for partner in doubtful:
            if partner.same_vat_partner_id in groups.get(partner._origin.id, ()):
                partner.same_vat_partner_id = False
        return result

    @api.depends("phone")
    def _compute_gestor_phone_digits(self):
        for partner in self:
            partner.gestor_phone_digits = phone.digits(partner.phone) or False

    @api.model
    def _search_gestor_search(self, operator, value):
        if operator not in ("in", "=", "like", "ilike"):
            return NotImplemented
        texts = [value] if isinstance(value, str) else value or []
        return self._gestor_narrow(
            Domain.OR(self._get_gestor_search_domain(text) for text in texts)
        )

    @api.model
    def _get_gestor_search_domain(self, text):
        """Return the partners that a text typed into the search box may mean.

        Every word must be in the name, in any order, or in the former names; or the
        whole text is a part of the code, the e-mail, the NIP in any spelling or the
        phone number.

        :param str text: as typed
        :rtype: Domain
        """
        text = (text or "").strip()
        if not text:
            return Domain.TRUE
        names = [
            Domain.AND(Domain(field, "ilike", word) for word in text.split())
            for field in ("complete_name", *self._get_gestor_former_fields())
        ]
        keys = {
            "ref": text,
            "email": text,
            "gestor_nip": nip.search_key(text),
            "gestor_phone_digits": phone.search_key(text),
        }
        return Domain.OR(
            [*names, self._get_gestor_role_domain(text)]
            + [Domain(field, "ilike", key) for field, key in keys.items() if key]
        )

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator not in ("like", "ilike") or not isinstance(value, str):
            return domain
        keys = {"gestor_nip": nip.search_key(value)} | dict.fromkeys(
            self._get_gestor_former_fields(), value
        )
        return self._gestor_narrow(
            Domain.OR(
                [domain, self._get_gestor_role_domain(value)]
                + [Domain(field, "ilike", key) for field, key in keys.items() if key]
            )
        )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            self._prepare_gestor_numbers(self._with_gestor_is_company(vals))
            for vals in vals_list
        ]
        partners = super().create(vals_list)
        partners._gestor_after_write({name for vals in vals_list for name in vals})
        return partners

    def write(self, vals):
        vals = self._prepare_gestor_numbers(vals)
        names = set(vals)  # the host takes some out
        result = super().write(vals)
        self._gestor_after_write(names)
        return result

    def _gestor_after_write(self, names):
        self._log_gestor_identity(names)
        self._sync_gestor_anniversaries(names)
        if not names.isdisjoint(("gestor_is_default_address", "type")):
            self._set_gestor_default_addresses()
        if "gestor_interest_ids" in names:
            self.invalidate_recordset(["gestor_client_interest_ids"])

    # === Actions ===

    def action_archive(self):
        """Ask what to do with the branches when a head office is archived."""
        branches = self.search(
            Domain("gestor_head_office_id", "in", self.ids)
            & Domain("id", "not in", self.ids),
            limit=1,
        )
        if not branches:
            return super().action_archive()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_partners.gestor_client_archive_action"
        )
        action["context"] = {"default_partner_ids": self.ids}
        return action

    # === Hooks of the host ===

    def address_get(self, adr_pref=None):
        """Let the default address of the client come before the others."""
        addresses = super().address_get(adr_pref)
        purposes = {*(adr_pref or ())} - {"contact"}
        if len(self) == 1 and purposes:
            addresses |= self._get_gestor_host_addresses(purposes)
        return addresses

    @api.model
    def check_vat_pl(self, vat):
        """Tell whether a Polish tax number is valid (called by ``base_vat``)."""
        return nip.is_valid(vat)

    @api.model
    def _commercial_fields(self):
        # a contact person is a client of the kind its firm is
        return super()._commercial_fields() + ["gestor_kind"]

    # === Hooks of Gestor ===

    @api.model
    def _gestor_document_label(self):
        return self.env._("Client")

    def _gestor_related(self):
        return [
            *super()._gestor_related(),
            *self._get_gestor_representation_relations(),
            *self._gestor_related_by(
                "res.partner", "parent_id", self.env._("branch or representative")
            ),
        ]

    def _prepare_gestor_node(self):
        # the firm of a representative stands beside, not in the name
        node = super()._prepare_gestor_node()
        return {**node, "name": self.name or node["name"]}

    def _gestor_related_to_family(self, model, kind, domain=Domain.TRUE):
        """Return the newest documents of these clients, their branches and contacts.

        :return: see :meth:`gestor.relation.mixin._gestor_related`
        """
        return self._gestor_related_by(
            model, "partner_id", kind, domain, owners=self._get_gestor_family()
        )

    def _get_gestor_family(self):
        """Return whose documents are those of which of these clients.

        :return: ``{partner id: id of one of these clients}``, themselves included
        """
        family = {client_id: client_id for client_id in self.ids}
        members = self.search_fetch(
            Domain("commercial_partner_id", "in", self.ids), ["commercial_partner_id"]
        )
        return {
            member.id: member.commercial_partner_id.id for member in members
        } | family

    @api.model
    def _gestor_template_fields(self):
        """Leave out what tells one client from another."""
        names = super()._gestor_template_fields()
        return [name for name in names if name not in IDENTITY_FIELDS]

    @api.model
    def get_import_templates(self):
        template = self._get_gestor_import_template(self.env._("Template for clients"))
        return [template, *super().get_import_templates()]

    @api.model
    def _get_gestor_import_example(self):
        return {
            "name": self.env._("Example Ltd"),
            "is_company": 1,
            "vat": "PL1234563218",
            "email": "office@example.com",
            "phone": "+48 22 123 45 67",
            "street": "ul. Prosta 1",
            "zip": "00-001",
            "city": "Warszawa",
            "country_id": self.env.ref("base.pl").display_name,
        }

    @api.model
    def _gestor_search_label(self):
        return self.env._("Clients")

    @api.model
    def _gestor_search_hits(self, text, limit):
        # the first in the order of names would be looked for in the whole table
        word = text.casefold()
        clients = self._gestor_find_clients(text).sorted(
            lambda client: (
                not (client.complete_name or "").casefold().startswith(word),
                client.complete_name or "",
            )
        )
        return [client._prepare_gestor_hit() for client in clients[:limit]]

    @api.model
    def _gestor_find_clients(self, text):
        """Return the clients that a text may mean; of a common word the newest ones.

        :param str text: as typed
        :return: at most ``MANY_CLIENTS`` partners, whose documents are worth a look
        """
        domain = Domain("gestor_search", "ilike", text)
        return self.search_fetch(
            domain, ["complete_name"], limit=MANY_CLIENTS, order="id desc"
        )

    def _get_gestor_subtitle_parts(self):
        number = self.gestor_nip and f"NIP {self.gestor_nip}"
        return [number, self.city, self.phone, self.email, self._get_former_hint()]

    @api.model
    def _get_gestor_documents_domain(self, text, field="partner_id"):
        """Return the documents of the clients that a text may mean.

        Of some clients only: with a common word nobody looks for documents.

        :param str text: as typed
        :param str field: the client in the documents
        :rtype: Domain
        """
        return Domain(field, "in", self._gestor_find_clients(text).ids)

    def _gestor_become_standard(self):
        """Make standard clients of these partners and of the firms they belong to.

        Called when a client buys something. Clients that are standard already are
        left alone, and so are those who are no clients: own companies and employees.
        """
        # sudo: whoever sells needs no right to change clients
        clients = self.sudo().commercial_partner_id.filtered(
            lambda client: client.gestor_kind in ("potential", "former")
        )
        clients.gestor_kind = "standard"
