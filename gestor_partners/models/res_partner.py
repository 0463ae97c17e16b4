from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import nip, phone

# as many clients as a text may find to be fetched first and put in order afterwards
FEW = 200


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
    _inherit = ["res.partner", "gestor.document.mixin"]

    # one column without such an index makes the search box read the whole table
    _gestor_complete_name_trgm_idx = _trigram_index("complete_name")
    _gestor_ref_trgm_idx = _trigram_index("ref")
    _gestor_vat_trgm_idx = _trigram_index("vat")
    _gestor_company_registry_trgm_idx = _trigram_index("company_registry")
    _gestor_nip_trgm_idx = _trigram_index("gestor_nip")

    email = fields.Char(index="trigram")
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
        # the client reads his own record through the portal
        groups="base.group_user",
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
        help="Finds by name, code, e-mail, NIP in any spelling and phone number.",
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

        Every word must be in the name, in any order; or the whole text is a part
        of the code, the e-mail, the NIP in any spelling or the phone number.

        :param str text: as typed
        :rtype: Domain
        """
        text = (text or "").strip()
        if not text:
            return Domain.TRUE
        domain = Domain.AND(
            Domain("complete_name", "ilike", word) for word in text.split()
        )
        keys = {
            "ref": text,
            "email": text,
            "gestor_nip": nip.search_key(text),
            "gestor_phone_digits": phone.search_key(text),
        }
        return Domain.OR(
            [domain]
            + [Domain(field, "ilike", key) for field, key in keys.items() if key]
        )

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator not in ("like", "ilike") or not isinstance(value, str):
            return domain
        number = nip.search_key(value)
        if number:
            domain = Domain.OR([domain, Domain("gestor_nip", "ilike", number)])
        return self._gestor_narrow(domain)

    @api.model
    def _gestor_narrow(self, domain):
        """Return the few partners of a domain as their ids, or the domain unchanged.

        Asked for the first eight names that hold a rare word, PostgreSQL walks the
        names in their order and reads nearly the whole table before it has met them.
        A materialized query has no order and no limit to be tempted by, so it goes
        through the trigram indexes; for a common word it stops after the first few.

        :param Domain domain: on stored columns of this model
        :rtype: Domain
        """
        domain = Domain(domain)
        if domain.is_true() or domain.is_false():
            return domain
        # the search that this domain goes into has the user's rules and the archive's
        query = self._search(domain, active_test=False, bypass_access=True)
        rows = self.env.execute_query(
            SQL(
                "WITH found AS MATERIALIZED (%s) SELECT id FROM found LIMIT %s",
                query.select(),
                FEW + 1,
            )
        )
        if len(rows) > FEW:
            return domain
        return Domain("id", "in", [partner_id for (partner_id,) in rows])

    # === Hooks of the host ===

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

    def _gestor_become_standard(self):
        """Make standard clients of these partners and of the firms they belong to.

        Called when a client buys something. Clients that are standard already are
        left alone.
        """
        clients = self.commercial_partner_id.filtered(
            lambda client: client.gestor_kind != "standard"
        )
        clients.gestor_kind = "standard"
