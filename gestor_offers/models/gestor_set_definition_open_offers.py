from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

OPEN_STATES = ("draft", "prepared", "sent")


class DefinitionOpenOffers(models.AbstractModel):
    _name = "gestor.set.definition.open_offers"
    _description = "With open offers"
    _inherit = ["gestor.set.definition"]
    _gestor_sequence = 15
    _gestor_params = ("days",)

    @api.model
    def _label(self):
        return self.env._("With open offers")

    @api.model
    def _get_domain(self, condition):
        """Return the firms with an offer that waits; with days, for so long already."""
        domain = Domain("state", "in", OPEN_STATES)
        if condition.days:
            since = fields.Datetime.now() - timedelta(days=condition.days)
            domain &= Domain("create_date", "<=", since)
        partners = self.env["res.partner"]._search(
            Domain("id", "in", self._get_offer_partners(domain))
        )
        firms = partners.subselect(
            SQL.identifier(partners.table, "commercial_partner_id")
        )
        return Domain("commercial_partner_id", "in", firms)

    @api.model
    def _get_offer_partners(self, domain):
        offers = self.env["gestor.offer"]._search(domain)
        if offers.is_empty():
            return []
        return offers.subselect(SQL.identifier(offers.table, "partner_id"))
