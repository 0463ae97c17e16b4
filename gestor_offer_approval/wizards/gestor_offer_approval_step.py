from odoo import fields, models
from odoo.exceptions import UserError


class GestorOfferApprovalStep(models.TransientModel):
    _name = "gestor.offer.approval.step"
    _description = "Ask For Approval Or Send Back"

    step = fields.Selection(
        [("request", "Ask for approval"), ("return", "Send back")], required=True
    )
    offer_ids = fields.Many2many("gestor.offer", string="Offers", required=True)
    text = fields.Text(string="Beyond the limits", compute="_compute_text")
    note = fields.Text()

    def _compute_text(self):
        for dialog in self:
            lines = [
                f"{offer.name}: {line}"
                for offer in dialog.offer_ids
                for line in (offer.approval_text or "").split("\n")
                if line
            ]
            dialog.text = "\n".join(lines)

    def action_apply(self):
        """Ask for approval of the offers, or send them back.

        :raise UserError: if they are sent back without a reason
        """
        self.ensure_one()
        note = (self.note or "").strip()
        if self.step == "request":
            return self.offer_ids.action_request_approval(note)
        if not note:
            raise UserError(self.env._("Please give the reason."))
        return self.offer_ids.action_send_back(note)
