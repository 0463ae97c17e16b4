from odoo import fields, models
from odoo.tools import html2plaintext


class CrmLeadLost(models.TransientModel):
    _inherit = "crm.lead.lost"

    gestor_competitor_id = fields.Many2one(
        "gestor.competitor",
        string="Competitor",
        help="Who won instead of us.",
    )

    def action_lost_reason_apply(self):
        """Lose the processes and note who won instead."""
        result = super().action_lost_reason_apply()
        vals = {"gestor_lost_note": html2plaintext(self.lost_feedback or "").strip()}
        if self.gestor_competitor_id:
            vals["gestor_competitor_id"] = self.gestor_competitor_id.id
        self.lead_ids.write(vals)
        return result
