from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import field_paths
from ..lib.autotext_format import LISTS, as_html
from ..lib.autotext_reader import EMPTY, NO_ACCESS, is_field_readable

# what each format can be said of; the others suit any value
FORMAT_KINDS = {
    "date_long": {"date", "datetime"},
    "month": {"date", "datetime"},
    "year": {"date", "datetime"},
    "amount": {"float", "monetary"},
    "amount_words": {"float", "monetary"},
    "address": {"many2one"},
}


class GestorFieldPathMixin(models.AbstractModel):
    """Shows a field that a path leads to, in a format, with the reader's rights."""

    _name = "gestor.field.path.mixin"
    _description = "Gestor Field Path"

    field_path = fields.Char(string="Field")
    format = fields.Selection(
        [
            ("auto", "As in the program"),
            ("date_long", "Date in words"),
            ("month", "Month and year in words"),
            ("year", "Year"),
            ("amount", "Amount with currency"),
            ("amount_words", "Amount in words"),
            ("address", "Address"),
            ("list", "List with commas"),
            ("lines", "Each in a line of its own"),
        ],
        default="auto",
        required=True,
    )

    @api.constrains("field_path", "format")
    def _check_field_path(self):
        for shown in self:
            if not shown.field_path:
                raise ValidationError(self.env._("Choose the field that is shown."))
            try:
                model, name = shown._get_hops()[-1]
            except field_paths.PathError as error:
                raise ValidationError(shown._explain(error)) from error
            kind = self.env[model]._fields[name].type
            if kind not in FORMAT_KINDS.get(shown.format, {kind}):
                formats = dict(self._fields["format"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        'The field "%(path)s" cannot be shown as "%(format)s".',
                        path=shown.field_path,
                        format=formats[shown.format],
                    )
                )

    def _check_author(self):
        """Refuse a field that the author may not read himself.

        Not a constraint: the host runs those as superuser, who may read everything.
        """
        for shown in self:
            for model, name in shown._get_hops():
                if not is_field_readable(self.env[model], name):
                    raise ValidationError(
                        self.env._(
                            'You may not read the field "%(field)s" yourself.',
                            field=name,
                        )
                    )

    def _get_start_model(self):
        """Return the model from whose records the path starts."""
        raise NotImplementedError

    def _get_hops(self):
        self.ensure_one()
        registry = self.env.registry

        def fields_of(model):
            return registry[model]._fields if model in registry else {}

        return field_paths.resolve(fields_of, self._get_start_model(), self.field_path)

    def _read_values(self, reader, formatter):
        """Return ``{id: (value or None, why it is missing)}`` of a field."""
        self.ensure_one()
        try:
            hops = self._get_hops()
        except field_paths.PathError:
            return {}  # the field went with its addon: missing everywhere
        model, name = hops[-1]
        # a record is shown by its name, and only to whoever may read it
        is_record = self.env[model]._fields[name].type in field_paths.RELATIONAL
        reached = reader.follow([*hops, (None, "display_name")] if is_record else hops)
        values = dict.fromkeys(reached.refused, (None, NO_ACCESS))
        for res_id, records in reached.records.items():
            if not records:
                continue
            if is_record:
                shown = [formatter.show(record, self.format) for record in records]
            elif is_field_readable(records, name):
                shown = [
                    formatter.show(record[name], self.format, record, name)
                    for record in records
                ]
            else:
                values[res_id] = (None, NO_ACCESS)
                continue
            values[res_id] = (self._join_values(shown), EMPTY)
        return values

    def _join_values(self, shown):
        shown = [value for value in shown if value is not None]
        if len(shown) < 2:
            return shown[0] if shown else None
        separator = LISTS.get(self.format, LISTS["list"])
        if any(isinstance(value, Markup) for value in shown):
            return as_html(separator).join(map(as_html, shown))
        return separator.join(shown)

    def _explain(self, error):
        """Return a sentence about a path that no text may use."""
        reasons = {
            "long": self.env._("it is too long"),
            "many": self.env._("it goes through more than one list"),
            "unknown": self.env._("there is no such field"),
            "kind": self.env._("such a field cannot stand in a text"),
            "refused": self.env._("this field is never shown in texts"),
        }
        return self.env._(
            'The path "%(path)s" cannot be used because of "%(segment)s": %(reason)s.',
            path=self.field_path,
            segment=error.segment,
            reason=reasons.get(error.reason, reasons["unknown"]),
        )
