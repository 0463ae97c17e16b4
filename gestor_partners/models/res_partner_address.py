from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

# the client reads his own record through the portal; these fields are not for him
STAFF = "base.group_user"
#: what addresses are for, beside the host's invoice and delivery
PURPOSES = [
    ("gestor_registered", "Registered office"),
    ("gestor_correspondence", "Correspondence"),
    ("gestor_service", "Place of service"),
]
# a letter to a branch may go to its head office; goods and technicians may not
FROM_HEAD_OFFICE = ("gestor_registered", "gestor_correspondence")


class GestorPartnerAddressMixin(models.AbstractModel):
    """Addresses by what they are for, and who gets which e-mails.

    An address is a contact of the host with a type of its own, so documents of the
    host find it by ``address_get`` as they always do.
    """

    _name = "gestor.partner.address.mixin"
    _description = "Addresses and E-mails by Purpose"

    gestor_is_default_address = fields.Boolean(
        string="Default address",
        copy=False,
        help="Taken first where the client has several addresses of this type.",
        groups=STAFF,
    )
    gestor_mail_purpose_ids = fields.Many2many(
        "gestor.mail.purpose",
        string="Gets e-mails about",
        help="Letters about these matters go to this address instead of the main "
        "e-mail of the client.",
        groups=STAFF,
    )

    # === Addresses ===

    def _get_gestor_host_addresses(self, purposes):
        """Return what the addresses of Gestor change in the host's choice.

        :param purposes: values of ``type`` that the host looks for
        :return: ``{purpose: id of the address}``
        """
        self.ensure_one()
        # sudo: the client of the portal may not read which address is the default one
        partner = self.sudo()
        near = partner.child_ids
        if not partner.is_company:
            near |= partner.parent_id.child_ids
        chosen = {
            address.type: address.id
            for address in near.filtered("gestor_is_default_address")
            if address.type in purposes
        }
        for purpose in {*purposes}.intersection(FROM_HEAD_OFFICE) - chosen.keys():
            chosen[purpose] = self._gestor_address(purpose)[self.id].id
        return chosen

    def _gestor_address(self, purpose):
        """Return where to send things of one kind to these clients.

        The client's own address of that type comes first, the default one before the
        others; then that of its firm; then, for the registered office and for letters,
        that of its head office; then the main address.

        :param str purpose: a value of ``type``: invoice, delivery, gestor_registered,
            gestor_correspondence, gestor_service
        :return: ``{client id: partner with the address}``, for every client
        :rtype: dict[int, res.partner]
        """
        own = self._get_gestor_own_addresses(purpose)
        return {partner.id: own.get(partner.id, partner) for partner in self}

    def _get_gestor_own_addresses(self, purpose):
        """Return the addresses that were typed in for a purpose.

        :return: see :meth:`_gestor_address`; clients without any are missing
        """
        found, owners = {}, {partner.id: partner for partner in self}
        while owners:
            addresses = self._get_gestor_addresses_of(owners.values(), purpose)
            above = {}
            for partner_id, owner in owners.items():
                if owner.id in addresses:
                    found[partner_id] = addresses[owner.id]
                else:
                    above[partner_id] = owner._get_gestor_address_owner_id(purpose)
            owners = self._get_gestor_owners(above)
        return found

    @api.model
    def _get_gestor_addresses_of(self, owners, purpose):
        """Return ``{owner id: best address}`` of one type, in one query."""
        best = {owner.id: owner for owner in owners if owner.type == purpose}
        # sudo: where letters go is no matter of the rights of whoever sends them
        for address in self.sudo().search(
            Domain("parent_id", "in", [owner.id for owner in owners])
            & Domain("type", "=", purpose)
            & Domain("is_company", "=", False),
            order="gestor_is_default_address desc, id",
        ):
            best.setdefault(address.parent_id.id, address.sudo(False))
        return best

    def _get_gestor_address_owner_id(self, purpose):
        """Return whose addresses are looked at after those of this partner."""
        self.ensure_one()
        if not self.is_company and self.parent_id:
            return self.parent_id.id
        if purpose not in FROM_HEAD_OFFICE:
            return False
        # sudo: a client of the portal may not read who its head office is
        return self.sudo().gestor_head_office_id.id

    @api.model
    def _get_gestor_owners(self, ids):
        """Return ``{partner id: owner}``, the owners read together.

        :param dict ids: ``{partner id: id of the owner, or nothing}``
        """
        together = self.browse(filter(None, ids.values()))._ids
        return {
            partner_id: self.browse(owner_id).with_prefetch(together)
            for partner_id, owner_id in ids.items()
            if owner_id
        }

    def _set_gestor_default_addresses(self):
        """Leave one default address of each type to each client: the newest choice."""
        chosen = self.filtered("gestor_is_default_address")
        if not chosen:
            return
        rivals = self.search(
            Domain("parent_id", "in", chosen.parent_id.ids)
            & Domain("gestor_is_default_address", "=", True)
        )
        kept = {(address.parent_id, address.type): address for address in chosen}
        (rivals | chosen).filtered(
            lambda address: (
                kept.get((address.parent_id, address.type), address) != address
            )
        ).gestor_is_default_address = False

    # === E-mails ===

    def _gestor_recipients(self, purpose):
        """Return who gets the e-mails about one matter to each of these clients.

        The contacts of the firm that are marked for the matter; where there are none,
        whoever has the main e-mail: the partner itself, else its firm, else the
        contacts of the head office.

        :param str purpose: the code of a ``gestor.mail.purpose``, e.g. ``offers``
        :return: ``{client id: partners with an e-mail}``, for every client; empty
            where nobody has an address
        :rtype: dict[int, res.partner]
        """
        result, owners = {}, {partner.id: partner for partner in self}
        while owners:
            marked = self._get_gestor_marked(owners.values(), purpose)
            above = {}
            for partner_id, owner in owners.items():
                firm = owner.commercial_partner_id
                recipients = (
                    marked.get(firm.id)
                    or owner.filtered("email")
                    or firm.filtered("email")
                )
                result[partner_id] = recipients
                if not recipients:
                    # sudo: who the head office is, is no matter of rights here
                    above[partner_id] = firm.sudo().gestor_head_office_id.id
            owners = self._get_gestor_owners(above)
        return result

    def _get_gestor_marked_recipients(self, purpose):
        """Return only the contacts that are marked for a matter.

        :return: ``{client id: partners}``; clients without any are missing
        """
        marked = self._get_gestor_marked(self, purpose)
        return {
            partner.id: marked[partner.commercial_partner_id.id]
            for partner in self
            if partner.commercial_partner_id.id in marked
        }

    @api.model
    def _get_gestor_marked(self, partners, purpose):
        """Return ``{firm id: marked contacts}``, in one query."""
        firms = self.browse().union(*partners).commercial_partner_id
        # sudo: also who may not see the mark sends to whom it says
        partners = self.sudo()
        marked = defaultdict(partners.browse)
        for contact in partners.search(
            Domain("commercial_partner_id", "in", firms.ids)
            & Domain("email", "!=", False)
            & Domain("gestor_mail_purpose_ids.code", "=", purpose)
        ):
            marked[contact.commercial_partner_id.id] |= contact
        return {firm_id: contacts.sudo(False) for firm_id, contacts in marked.items()}
