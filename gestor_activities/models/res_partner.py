from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..const import OPEN

#: who reads activities at all
READERS = (
    "gestor_base.gestor_base_group_viewer,gestor_activities.gestor_activities_group_own"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_activity_count = fields.Integer(
        string="Open activities",
        compute="_compute_gestor_activity_count",
        help="Of the client and of its contacts.",
        groups=READERS,
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_gestor_activity_count(self):
        found = defaultdict(set)
        for partner, activities in self.env["gestor.activity.client"]._read_group(
            self._get_gestor_activity_clients_domain()
            & Domain("activity_id.state", "in", OPEN),
            ["partner_id"],
            ["activity_id:array_agg"],
        ):
            # sudo: whose contact a client is, the count may depend on
            for owner in partner | partner.sudo().commercial_partner_id:
                found[owner.id].update(activities)
        for partner in self:
            partner.gestor_activity_count = len(found[partner._origin.id])

    def _get_gestor_activity_clients_domain(self):
        """Return the clients of activities that these are, or that are their people."""
        ids = self._origin.ids
        return Domain("partner_id", "in", ids) | Domain(
            "partner_id.commercial_partner_id", "in", ids
        )

    def action_gestor_activities(self):
        """Open the activities of the client and of its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activities.gestor_activity_action"
        )
        clients = self._get_gestor_activity_clients_domain()
        return {
            **action,
            "domain": list(Domain("client_ids", "any", clients)),
            "context": {"default_partner_id": self.id, "search_default_open": 1},
        }
