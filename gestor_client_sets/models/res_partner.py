from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.gestor_partners.const import READERS


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "gestor.job.mixin"]

    gestor_client_set_ids = fields.Many2many(
        "gestor.client.set",
        string="Client sets",
        compute="_compute_gestor_client_set_ids",
        search="_search_gestor_client_set_ids",
        # others may not read sets, nor who is in one
        groups=READERS,
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_gestor_client_set_ids(self):
        sets = dict(
            self.env["gestor.client.set.member"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["set_id:recordset"]
            )
        )
        for partner in self:
            partner.gestor_client_set_ids = sets.get(partner._origin)

    @api.model
    def _search_gestor_client_set_ids(self, operator, value):
        """Find the clients in sets that the user may use, without loading any."""
        if operator not in ("in", "any", "like", "ilike"):
            return NotImplemented
        sets = self.env["gestor.client.set"].with_context(active_test=False)
        if operator == "any":
            domain = value if isinstance(value, Domain) else Domain("id", "in", value)
            return self._get_gestor_in_set_domain(sets, domain)
        if operator != "in":
            return self._get_gestor_in_set_domain(sets, Domain("name", operator, value))
        numbers = [item for item in value if isinstance(item, int) and item]
        names = [item for item in value if isinstance(item, str)]
        domain = self._get_gestor_in_set_domain(
            sets, Domain("id", "in", numbers) | Domain("name", "in", names)
        )
        if False in value:
            domain |= ~self._get_gestor_in_set_domain(sets, Domain.TRUE)
        return domain

    @api.model
    def _get_gestor_in_set_domain(self, sets, domain):
        query = sets._search(domain)
        # sudo: the sets are those that the user may read, the clients that he may read
        # are asked by the search around
        members = self.env["gestor.client.set.member"].sudo()
        found = members._search(Domain("set_id", "in", query))
        if found.is_empty():
            return Domain.FALSE
        ids = found.subselect(SQL.identifier(found.table, "partner_id"))
        return Domain("active", "=", True) & Domain("id", "in", ids)

    # === Background work ===

    @api.model
    def _gestor_job_use_set(self, records, params):
        """Do what a client set is used for, for some of its clients."""
        use = self.env["gestor.set.use"]._get_use(params["use"])
        return use._run(records, params["values"])
