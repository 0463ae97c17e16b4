from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorScenarioMove(models.TransientModel):
    """Move one document or many to another stage, with a reason."""

    _name = "gestor.scenario.move"
    _description = "Move to Another Stage"

    res_model = fields.Char(
        string="Document model",
        required=True,
        default=lambda self: self.env.context.get("active_model"),
    )
    res_ids = fields.Json(
        string="Document identifiers",
        default=lambda self: self.env.context.get("active_ids"),
    )
    document_count = fields.Integer(string="Documents", compute="_compute_allowed")
    allowed_stage_ids = fields.Many2many(
        "gestor.scenario.stage", string="Allowed stages", compute="_compute_allowed"
    )
    stage_id = fields.Many2one(
        "gestor.scenario.stage",
        required=True,
        domain="[('id', 'in', allowed_stage_ids)]",
    )
    entry_text = fields.Html(related="stage_id.entry_text")
    is_reason_required = fields.Boolean(related="stage_id.is_reason_required")
    reason = fields.Char()

    @api.depends("res_model", "res_ids")
    def _compute_allowed(self):
        """Offer the stages to which all the documents may go."""
        for move in self:
            documents = move._get_documents()
            allowed = [
                stage._get_next_stages() if stage else stage
                for stage in documents._get_stage()
            ]
            common = allowed[0] if allowed else self.env["gestor.scenario.stage"]
            for stages in allowed[1:]:
                common &= stages
            move.document_count = len(documents)
            move.allowed_stage_ids = common

    def action_move(self):
        """Move the documents; an error leaves all of them where they are."""
        self.ensure_one()
        documents = self._get_documents()
        if not documents:
            raise UserError(self.env._("There is nothing to move."))
        documents._gestor_enter_stage(self.stage_id, self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _get_documents(self):
        """Return the documents to move, as far as the user may read them."""
        self.ensure_one()
        if (
            self.res_model
            not in self.env["gestor.scenario.mixin"]._gestor_implementers()
        ):
            raise UserError(self.env._("These documents have no scenarios."))
        documents = self.env[self.res_model].browse(self.res_ids or [])
        return documents.exists()._filtered_access("read")
