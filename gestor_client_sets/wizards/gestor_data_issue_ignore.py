from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GestorDataIssueIgnore(models.TransientModel):
    """Lets something be that a check has found."""

    _name = "gestor.data.issue.ignore"
    _description = "Ignore What Is To Fix"

    issue_ids = fields.Many2many("gestor.data.issue", required=True)
    how_long = fields.Selection(
        [("until", "Until a day"), ("ever", "For good")],
        default="until",
        required=True,
    )
    date_until = fields.Date(string="Until")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        vals = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "gestor.data.issue":
            vals.setdefault("issue_ids", context.get("active_ids", []))
        return vals

    def action_ignore(self):
        """Ignore the chosen rows."""
        self.ensure_one()
        until = self.how_long == "until" and self.date_until
        if self.how_long == "until":
            if not until or until <= fields.Date.context_today(self):
                raise ValidationError(self.env._("Choose a day that is to come."))
        self.issue_ids._gestor_ignore(self.reason, until or None)
        return {"type": "ir.actions.act_window_close"}
