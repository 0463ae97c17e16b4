from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext

#: which editor shows the value of which kind of field
EDITORS = {
    "value_text": ("char", "text"),
    "value_html": ("html",),
    "value_number": ("integer", "float", "monetary"),
    "value_boolean": ("boolean",),
    "value_key": ("selection",),
    "value_days": ("date", "datetime"),
    "value_res_id": ("many2one",),
}


class GestorRecordTemplateValue(models.Model):
    """One field of a template: its value, kept as JSON, and an editor for it."""

    _name = "gestor.record.template.value"
    _description = "Record Template Value"
    _order = "sequence, id"

    _field_uniq = models.UniqueIndex(
        "(template_id, field_name)", "Each field stands in a template once."
    )

    template_id = fields.Many2one(
        "gestor.record.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    field_name = fields.Char(string="Field", required=True)
    value = fields.Json(string="Kept value")

    label = fields.Char(string="Field label", compute="_compute_field")
    kind = fields.Char(compute="_compute_field")
    relation = fields.Char(compute="_compute_field")
    options = fields.Json(compute="_compute_field")
    summary = fields.Char(string="Value", compute="_compute_summary")

    value_text = fields.Text(
        string="Text", compute="_compute_editors", inverse="_inverse_editors"
    )
    value_html = fields.Html(
        string="Formatted text", compute="_compute_editors", inverse="_inverse_editors"
    )
    value_number = fields.Float(
        string="Number",
        digits=(16, 6),
        compute="_compute_editors",
        inverse="_inverse_editors",
    )
    value_boolean = fields.Boolean(
        string="Yes", compute="_compute_editors", inverse="_inverse_editors"
    )
    value_key = fields.Char(
        string="Choice", compute="_compute_editors", inverse="_inverse_editors"
    )
    value_days = fields.Integer(
        string="Days from the day of use",
        compute="_compute_editors",
        inverse="_inverse_editors",
    )
    value_res_id = fields.Many2oneReference(
        string="Record",
        model_field="relation",
        compute="_compute_editors",
        inverse="_inverse_editors",
    )

    # === Computes and constraints ===

    def _get_field(self):
        """Return the field of the document, or nothing if it is gone."""
        model = self.template_id.model
        return self.env[model]._fields.get(self.field_name) if model else None

    @api.depends("field_name", "template_id.model")
    @api.depends_context("lang")
    def _compute_field(self):
        for row in self:
            field = row._get_field()
            row.label = field._description_string(self.env) if field else row.field_name
            row.kind = field.type if field else False
            row.relation = field.comodel_name if field and field.relational else False
            is_choice = field and field.type == "selection"
            row.options = is_choice and field._description_selection(self.env)

    @api.depends("value", "field_name", "template_id.model")
    @api.depends_context("lang", "uid")
    def _compute_summary(self):
        for row in self:
            row.summary = row._get_summary()

    def _get_summary(self):
        field, value = self._get_field(), self.value
        if not field:
            return self.env._("This field no longer exists")
        if field.type == "properties":
            return self._get_own_summary()
        if field.type == "one2many":
            return self.env._("Lines: %(count)s", count=len(value or []))
        if field.relational:
            records = self.env[field.comodel_name].browse(value).exists()
            names = records._filtered_access("read").mapped("display_name")
            return ", ".join(names) or self.env._("No longer exists")
        if field.type in ("date", "datetime"):
            return self.env._("Days from the day of use: %(days)s", days=value or 0)
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "selection":
            return dict(self.options or []).get(value) or self.env._("No longer exists")
        return html2plaintext(str(value or ""))[:80]

    def _get_own_summary(self):
        """Return the own values as they would stand on a document begun today."""
        document, problems = self.env[self.template_id.model], []
        vals = self.template_id._gestor_restore_own(document, self.value, problems)
        made = document.new({self.field_name: vals})
        pairs = [f"{label}: {text}" for label, text in made._gestor_own_pairs()]
        return "; ".join(pairs) or self.env._("No longer exists")

    @api.depends("value", "kind")
    def _compute_editors(self):
        for row in self:
            for name, kinds in EDITORS.items():
                row[name] = row.value if row.kind in kinds and row.value else False

    def _inverse_editors(self):
        for row in self:
            for name, kinds in EDITORS.items():
                if row.kind in kinds:
                    value = row[name]
                    row.value = int(value) if row.kind == "integer" else value

    @api.constrains("field_name", "template_id")
    def _check_field_name(self):
        for row in self:
            model = self.env[row.template_id.model]
            if row.field_name not in model._gestor_get_template_tree():
                raise ValidationError(
                    self.env._(
                        "Templates of these documents do not keep the field %(field)s.",
                        field=row.label,
                    )
                )
