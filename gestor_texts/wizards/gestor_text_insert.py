from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext, is_html_empty


class GestorTextInsert(models.TransientModel):
    """Puts a ready text into a field of a document.

    Opened with ``gestor_base_text_field`` in the context: the name of the field.
    """

    _name = "gestor.text.insert"
    _description = "Insert a Text Template"

    res_model = fields.Char(
        required=True, default=lambda self: self.env.context.get("active_model")
    )
    res_id = fields.Many2oneReference(
        model_field="res_model",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    field_name = fields.Char(
        required=True,
        default=lambda self: self.env.context.get("gestor_base_text_field"),
    )
    template_id = fields.Many2one("gestor.text.template", string="Text", required=True)
    template_domain = fields.Binary(compute="_compute_template_domain")
    is_replacing = fields.Boolean(
        string="Instead of the present text",
        help="Otherwise the text is added below it.",
    )
    has_text = fields.Boolean(compute="_compute_has_text")
    body_html = fields.Html(string="Preview", compute="_compute_body_html")
    missing = fields.Text(compute="_compute_body_html")

    @api.depends("res_model", "res_id", "field_name")
    def _compute_template_domain(self):
        templates = self.env["gestor.text.template"]
        for insert in self:
            model = insert._get_document()._name
            insert.template_domain = list(templates._get_model_domain(model))

    @api.depends("res_model", "res_id", "field_name")
    def _compute_has_text(self):
        for insert in self:
            target = insert._get_target()
            insert.has_text = not is_html_empty(target[insert.field_name])

    @api.depends("template_id", "res_model", "res_id", "field_name")
    def _compute_body_html(self):
        for insert in self:
            insert.body_html = insert.missing = False
            if insert.template_id:
                document = insert._get_document()
                filled = insert.template_id._gestor_fill(document, mark=True)
                filled = filled[document.id]
                insert.body_html = filled.text
                insert.missing = insert.template_id._describe_missing(filled.missing)

    def action_insert(self):
        """Write the text, made for the document, into its field."""
        self.ensure_one()
        document = self._get_document()
        text = self.template_id._gestor_render(document)[document.id]
        target = self._get_target()
        is_html = target._fields[self.field_name].type == "html"
        if not is_html:
            text = html2plaintext(text).strip()
        if self.has_text and not self.is_replacing:
            text = ("" if is_html else "\n").join([target[self.field_name], text])
        target.write({self.field_name: text})
        return {"type": "ir.actions.act_window_close"}

    def _get_document(self):
        """Return the document that the text tells about."""
        return self._get_target()

    def _get_target(self):
        """Return the record that takes the text, if its field is one for texts.

        :raise UserError: if no text can be put there
        """
        self.ensure_one()
        names = self.env["gestor.document.mixin"]._gestor_implementers()
        if self.res_model in names:
            document = self.env[self.res_model].browse(self.res_id)
            if self.field_name in document._gestor_text_fields():
                return document
        raise UserError(self.env._("A text template cannot be inserted here."))
