from odoo import api, fields, models


class GestorSubstitutionArea(models.Model):
    """One kind of documents that a substitute takes care of."""

    _name = "gestor.substitution.area"
    _description = "Substitution Area"
    _rec_name = "model"

    _model_uniq = models.UniqueIndex(
        "(substitution_id, model)", "Each area is named once."
    )

    substitution_id = fields.Many2one(
        "gestor.substitution", required=True, ondelete="cascade", index=True
    )
    model = fields.Selection(
        selection=lambda self: self.env["gestor.link"]._selection_document_models(),
        string="Documents",
        required=True,
    )

    @api.depends("model")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["model"]._description_selection(self.env))
        for area in self:
            area.display_name = labels.get(area.model, area.model)
