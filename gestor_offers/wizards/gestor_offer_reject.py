from odoo import fields, models


class GestorOfferReject(models.TransientModel):
    _name = "gestor.offer.reject"
    _description = "Reject Offers For The Client"

    offer_ids = fields.Many2many("gestor.offer", string="Offers", required=True)
    reason_id = fields.Many2one(
        "crm.lost.reason", string="Loss reason", required=True, ondelete="cascade"
    )
    note = fields.Text(string="Comment")

    def action_apply(self):
        """Reject the offers with the given reason."""
        self.ensure_one()
        return self.offer_ids.action_reject(self.reason_id, self.note)
