from odoo import fields, models


class GestorOfferReject(models.TransientModel):
    _inherit = "gestor.offer.reject"

    competitor_id = fields.Many2one(
        "gestor.competitor",
        ondelete="cascade",
        help="Who won instead of us.",
    )

    def action_apply(self):
        """Reject the offers and note who won instead."""
        if self.competitor_id:
            self.offer_ids.check_access("write")
            self.offer_ids._write_by_action({"competitor_id": self.competitor_id.id})
        return super().action_apply()
