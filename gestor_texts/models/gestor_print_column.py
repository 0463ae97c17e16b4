from odoo import api, fields, models

from ..lib.autotext_format import as_html


class GestorPrintColumn(models.Model):
    _name = "gestor.print.column"
    _description = "Column of a Print Pattern"
    _inherit = ["gestor.field.path.mixin"]
    _order = "sequence, id"

    pattern_id = fields.Many2one(
        "gestor.print.pattern", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Title", required=True, translate=True)
    align = fields.Selection(
        [("left", "Left"), ("center", "Centre"), ("right", "Right")],
        string="Alignment",
        default="left",
        required=True,
    )
    line_model = fields.Char(related="pattern_id.line_model")

    @api.model_create_multi
    def create(self, vals_list):
        columns = super().create(vals_list)
        columns._check_author()
        return columns

    def write(self, vals):
        result = super().write(vals)
        if "field_path" in vals:
            self._check_author()
        return result

    def _get_start_model(self):
        return self.pattern_id.line_model

    def _get_cells(self, reader, formatter):
        """Return the cells of this column: ``{id of the line: Markup}``."""
        return {
            line_id: as_html(value or "")
            for line_id, (value, _reason) in self._read_values(
                reader, formatter
            ).items()
        }
