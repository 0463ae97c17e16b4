from odoo import api, fields, models


class GestorTextPreview(models.TransientModel):
    """Shows a text as it will stand for a chosen document."""

    _name = "gestor.text.preview"
    _description = "Preview of a Text"

    template_id = fields.Many2one("gestor.text.template", required=True, readonly=True)
    document = fields.Reference(
        selection="_selection_document",
        compute="_compute_document",
        store=True,
        readonly=False,
    )
    lang = fields.Selection(
        "_selection_lang",
        string="Language",
        help="Empty: the client's language.",
    )
    body_html = fields.Html(string="Text", compute="_compute_body_html")
    missing = fields.Text(compute="_compute_body_html")

    def _selection_document(self):
        template_id = self.env.context.get("default_template_id")
        template = self.env["gestor.text.template"].browse(template_id)
        return self._get_document_models(template)

    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("template_id")
    def _compute_document(self):
        for preview in self:
            for name, _label in self._get_document_models(preview.template_id):
                found = self.env[name].search([], limit=1, order="id desc")
                if found and not preview.document:
                    preview.document = found

    @api.depends("template_id", "document", "lang")
    def _compute_body_html(self):
        for preview in self:
            preview.body_html = preview.missing = False
            if not preview.document:
                continue
            filled = preview.template_id._gestor_fill(
                preview.document, preview.lang or None, mark=True
            )[preview.document.id]
            preview.body_html = filled.text
            preview.missing = preview.template_id._describe_missing(filled.missing)

    @api.model
    def _get_document_models(self, template):
        """Return (name, label) of the models whose documents the text may be about."""
        return [
            (name, label)
            for name, label in self.env["gestor.link"]._selection_document_models()
            if template.model in (False, name)
        ]
