from odoo import api, fields, models
from odoo.fields import Domain

from .gestor_offer_lifecycle import LIVE_STATES


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Additional price list",
        groups="base.group_user",
        index="btree_not_null",
        help="Holds beside the price list of the client: the lower price is taken.",
    )

    @api.model
    def _commercial_fields(self):
        """Contacts buy at the prices of their firm."""
        return super()._commercial_fields() + ["gestor_pricelist_id"]

    def _gestor_related(self):
        related = super()._gestor_related()
        for model, kind, domain in (
            ("crm.lead", self.env._("offer process"), Domain.TRUE),
            ("gestor.offer", self.env._("offer"), Domain.TRUE),
            # the variants of an offer stand around it
            ("sale.order", self.env._("order"), Domain("gestor_offer_id", "=", False)),
            ("account.move", self.env._("invoice"), Domain("move_type", "!=", "entry")),
        ):
            related += self._gestor_related_to_family(model, kind, domain)
        return related

    @api.model
    def _gestor_open_matters(self):
        return super()._gestor_open_matters() + [
            ("crm.lead", Domain("won_status", "=", "pending")),
            ("gestor.offer", Domain("state", "in", LIVE_STATES)),
        ]

    def action_gestor_new_process(self):
        """Open a new offer process for the client."""
        self.ensure_one()
        return {
            "name": self.env._("New offer process"),
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "view_mode": "form",
            "context": {
                "default_type": "opportunity",
                "default_partner_id": self.id,
                "default_user_id": self.env.uid,
            },
        }
