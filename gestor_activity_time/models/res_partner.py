from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.gestor_activities.models.res_partner import READERS


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_spent_hours = fields.Float(
        string="Time spent",
        compute="_compute_gestor_spent_hours",
        help="On activities of the client and of its contacts, as far as you may read "
        "the entries. A running clock counts from its next pause.",
        groups=READERS,
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_gestor_spent_hours(self):
        spent = defaultdict(float)
        for partner, hours in self.env["gestor.activity.time"]._read_group(
            self._get_gestor_activity_clients_domain(), ["partner_id"], ["hours:sum"]
        ):
            # sudo: whose contact a client is, the sum may depend on
            for owner in partner | partner.sudo().commercial_partner_id:
                spent[owner.id] += hours
        for partner in self:
            partner.gestor_spent_hours = spent[partner._origin.id]

    def action_gestor_spent_time(self):
        """Open the time entries of the client and of its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activity_time.gestor_activity_time_action"
        )
        domain = self._get_gestor_activity_clients_domain()
        return {**action, "domain": list(domain), "context": {}}
