from odoo import api, fields, models


class GestorOfferAccept(models.TransientModel):
    _name = "gestor.offer.accept"
    _description = "Accept An Offer For The Client"

    offer_id = fields.Many2one("gestor.offer", required=True, ondelete="cascade")
    order_id = fields.Many2one(
        "sale.order",
        string="Accepted variant",
        compute="_compute_order_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        domain="[('gestor_offer_id', '=', offer_id)]",
    )

    @api.depends("offer_id")
    def _compute_order_id(self):
        for accept in self:
            accept.order_id = accept.offer_id.proposed_order_id

    def action_apply(self):
        """Accept the chosen variant."""
        self.ensure_one()
        return self.offer_id.action_accept(self.order_id)
