from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gestor_offers.models.gestor_offer_lifecycle import STATES


class GestorOfferVersion(models.Model):
    """What a client was given: kept when the offer is withdrawn and changed."""

    _name = "gestor.offer.version"
    _description = "Version Of An Offer"
    _order = "offer_id desc, version desc"
    _rec_name = "version"

    offer_id = fields.Many2one(
        "gestor.offer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_id.company_id", store=True)
    version = fields.Integer(required=True, readonly=True, aggregator=False)
    sent_at = fields.Datetime(string="Handed over on", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Handed over by", readonly=True, ondelete="set null"
    )
    state = fields.Selection(
        [*STATES, ("withdrawn", "Withdrawn for changes")],
        string="Status",
        compute="_compute_state",
    )
    variant_count = fields.Integer(string="Variants count", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_untaxed = fields.Monetary(string="Net amount", readonly=True)
    amount_total = fields.Monetary(string="Gross amount", readonly=True)
    difference = fields.Monetary(
        string="Change of gross",
        compute="_compute_difference",
        help="Against the version before, where both are in one currency.",
    )
    content = fields.Json(required=True, readonly=True)

    _offer_version_uniq = models.UniqueIndex(
        "(offer_id, version)", "Each version of an offer is kept once."
    )

    @api.depends("version", "offer_id.version", "offer_id.state")
    def _compute_state(self):
        for kept in self:
            is_newest = kept.version == kept.offer_id.version
            kept.state = kept.offer_id.state if is_newest else "withdrawn"

    @api.depends("amount_total", "offer_id.version_ids.amount_total")
    def _compute_difference(self):
        for kept in self:
            older = kept.offer_id.version_ids.filtered(
                lambda other, kept=kept: other.version < kept.version
            ).sorted("version")[-1:]
            comparable = older and older.currency_id == kept.currency_id
            kept.difference = comparable and kept.amount_total - older.amount_total

    @api.depends("version")
    def _compute_display_name(self):
        for kept in self:
            kept.display_name = self.env._("Version %(number)s", number=kept.version)

    def action_compare(self):
        """Put the chosen versions of one offer beside each other.

        One alone is compared with what followed it.

        :raise UserError: if they are of different offers
        """
        if len(self.offer_id) != 1:
            raise UserError(self.env._("Choose versions of one offer."))
        return self.offer_id._get_comparison_action(self.ids)
