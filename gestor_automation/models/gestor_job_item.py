from odoo import fields, models


class GestorJobItem(models.Model):
    """One record, or one piece, of background work and how it went."""

    _name = "gestor.job.item"
    _description = "Background Work Item"
    _order = "id"

    _job_state_idx = models.Index("(job_id, state, id)")

    job_id = fields.Many2one(
        "gestor.job", required=True, readonly=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, readonly=True)
    res_model = fields.Char(related="job_id.res_model")
    res_id = fields.Many2oneReference(
        string="Document id", model_field="res_model", readonly=True
    )
    payload = fields.Json(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    reason = fields.Text(readonly=True)

    def action_open_document(self):
        """Open the record that the item is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
