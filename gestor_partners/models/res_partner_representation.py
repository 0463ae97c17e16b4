from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..lib import phone

# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"


class GestorPartnerRepresentationMixin(models.AbstractModel):
    """People who stand for firms, seen from both cards."""

    _name = "gestor.partner.representation.mixin"
    _description = "Representatives of a Client"

    gestor_representation_ids = fields.One2many(
        "gestor.representation", "firm_id", string="Representations", groups=STAFF
    )
    gestor_represented_ids = fields.One2many(
        "gestor.representation", "person_id", string="Represents", groups=STAFF
    )
    gestor_representative_ids = fields.One2many(
        "gestor.representative", "firm_id", string="Representatives", groups=STAFF
    )
    gestor_represented_firm_ids = fields.One2many(
        "gestor.representative", "person_id", string="Represented firms", groups=STAFF
    )

    gestor_role_contacts = fields.Char(
        string="E-mails and phones in roles",
        compute="_compute_gestor_role_contacts",
        store=True,
        index="trigram",
        groups=STAFF,
        help="What a search finds the person by, besides the card.",
    )

    @api.depends(
        "gestor_represented_ids.email_normalized", "gestor_represented_ids.phone_digits"
    )
    def _compute_gestor_role_contacts(self):
        """Keep them in a column of the person, for the search box.

        Looked for in their own table, as an alternative to the columns of partners,
        they would make the search box read the whole table of partners.
        """
        for person in self:
            rows = person.gestor_represented_ids
            contacts = [*rows.mapped("email_normalized"), *rows.mapped("phone_digits")]
            person.gestor_role_contacts = " ".join(filter(None, contacts)) or False

    # === Actions ===

    def action_gestor_add_representative(self):
        """Open the dialog that adds a person to a firm, or a firm to a person."""
        self.ensure_one()
        field = "firm_id" if self.is_company else "person_id"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New representation"),
            "res_model": "gestor.representation",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{field}": self.id},
        }

    # === API ===

    @api.model
    def _gestor_match_email(self, emails, date=None):
        """Return whom e-mail addresses belong to, as far as the user may read.

        An address in a role, in force on the day, comes before those of the cards;
        main representatives come first. An address may belong to many.

        :param list emails: addresses, also with names
        :param date: the day of the message; today by default
        :return: ``{normalized address: [(person, firm)]}``; either may be empty: the
            firm of somebody private, the person of an address of a firm
        :rtype: dict[str, list[tuple]]
        """
        addresses = {email_normalize(email, strict=False) for email in emails}
        addresses -= {False, None}
        found = defaultdict(list)
        rows = self.env["gestor.representation"].search(
            Domain("email_normalized", "in", list(addresses))
            & self.env["gestor.representation"]._get_in_force_domain(date)
        )
        for row in rows:
            found[row.email_normalized].append((row.person_id, row.firm_id))
        partners = self.search(Domain("email_normalized", "in", list(addresses)))
        for partner in partners:
            owners = found[partner.email_normalized]
            pair = partner._get_gestor_email_owner()
            if pair not in owners:
                owners.append(pair)
        return dict(found)

    def _get_gestor_email_owner(self):
        """Return the person and the firm whom the address on a card belongs to."""
        self.ensure_one()
        nobody = self.browse()
        if self.is_company:
            return nobody, self
        firm = self.commercial_partner_id
        return self, firm if firm.is_company else nobody

    @api.model
    def _get_gestor_role_domain(self, text):
        """Return the people whose e-mail or phone in a role a text may be a part of.

        :param str text: as typed
        :rtype: Domain
        """
        if not (self.env.su or self.env.user._is_internal()):
            return Domain.FALSE  # the column is not for clients in the portal
        text = (text or "").strip()
        key = text if "@" in text else phone.search_key(text)
        return Domain("gestor_role_contacts", "ilike", key) if key else Domain.FALSE

    # === Relations and time line ===

    def _get_gestor_representation_relations(self):
        """Return representations in force as relations of the map.

        :return: see :meth:`gestor.relation.mixin._gestor_related`
        """
        rows = self.env["gestor.representation"].search(
            (Domain("firm_id", "in", self.ids) | Domain("person_id", "in", self.ids))
            & self.env["gestor.representation"]._get_in_force_domain()
        )
        own = set(self.ids)
        kind = self.env._("representative")
        return [
            (one.id, "res.partner", other.id, row.role_id.name or kind)
            for row in rows
            for one, other in (
                (row.firm_id, row.person_id),
                (row.person_id, row.firm_id),
            )
            if one.id in own
        ]

    def _get_gestor_sole_representatives(self):
        """Return people without a firm of their own who stand only for these firms.

        What is said to them is said to the firm. Of somebody who stands for many
        firms nobody can tell which one was meant.
        """
        rows = self.env["gestor.representation"]
        in_force = rows._get_in_force_domain()
        people = rows.search(
            Domain("firm_id", "in", self.ids)
            & Domain("person_id.parent_id", "=", False)
            & in_force
        ).person_id
        if not people:
            return people
        elsewhere = rows.search(
            Domain("person_id", "in", people.ids)
            & Domain("firm_id", "not in", self.ids)
            & in_force
        ).person_id
        return people - elsewhere
