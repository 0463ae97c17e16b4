from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import field_paths
from ..lib.autotext_format import as_html
from ..lib.autotext_reader import is_field_readable

SUMMED_TYPES = ("integer", "float", "monetary")
SUMMED_FORMATS = ("auto", "amount", "amount_words")


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
    is_summed = fields.Boolean(
        string="Sum", help="The last row of the table has the sum of this column."
    )
    line_model = fields.Char(related="pattern_id.line_model")

    @api.constrains("is_summed", "field_path", "format")
    def _check_is_summed(self):
        for column in self.filtered("is_summed"):
            model, name = column._get_hops()[-1]
            is_number = self.env[model]._fields[name].type in SUMMED_TYPES
            if not is_number or column.format not in SUMMED_FORMATS:
                raise ValidationError(
                    self.env._(
                        'The column "%(column)s" has no numbers to add up.',
                        column=column.name,
                    )
                )

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

    def _get_sums(self, reader, formatter, lines):
        """Return the sums of this column, an amount for each currency.

        A sum that would miss a value closed to the reader is not there at all.

        :param dict lines: ``{document id: lines}``
        :return: ``{document id: Markup}``
        """
        if not self.is_summed:
            return {}
        try:
            hops = self._get_hops()
        except field_paths.PathError:
            return {}  # the field went with its addon
        reached, name = reader.follow(hops), hops[-1][1]
        sums = {}
        for document_id, found in lines.items():
            parts = [reached.records.get(line_id) for line_id in found.ids]
            owners = self.env[hops[-1][0]].union(*filter(None, parts))
            is_open = reached.refused.isdisjoint(found.ids)
            if owners and is_open and is_field_readable(owners, name):
                # the same owner may stand behind many lines
                values = [owner for part in parts if part for owner in part]
                sums[document_id] = self._show_sums(values, name, formatter)
        return sums

    def _show_sums(self, owners, name, formatter):
        """Return the sum of a field, apart for each currency."""
        by_currency = {}
        for owner in owners:
            field = owner._fields[name]
            currency_field = (
                field.get_currency_field(owner) if field.type == "monetary" else None
            )
            currency = owner[currency_field] if currency_field else None
            total, _owner = by_currency.get(currency, (0, owner))
            by_currency[currency] = (total + owner[name], owner)
        shown = [
            formatter.show(total, self.format, owner, name)
            for total, owner in by_currency.values()
        ]
        return as_html("\n").join(as_html(text) for text in shown if text)

    def _get_sum_row(self, sums):
        """Return the last row of a table of these columns, or nothing.

        :param list sums: of one document, ``None`` for a column without
        """
        if not any(self.mapped("is_summed")):
            return None
        row = [value or "" for value in sums]
        if not self[0].is_summed:
            row[0] = self.env._("Total")
        return row
