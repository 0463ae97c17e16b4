from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class GestorTextMixin(models.AbstractModel):
    """A named text with autotexts, written by a user, that documents are told in."""

    _name = "gestor.text.mixin"
    _description = "Gestor Text"
    _inherit = ["gestor.registry.mixin"]

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        domain=lambda self: self.env["gestor.flag"]._get_area_domain(),
        ondelete="cascade",
        bypass_search_access=True,
        help="What the text is about. Empty: any document.",
    )
    model = fields.Char(related="model_id.model", store=True, index=True)
    body_html = fields.Html(string="Text", translate=True)
    autotext_ids = fields.Many2many(
        "gestor.autotext",
        string="Autotexts",
        compute="_compute_autotext_ids",
        store=True,
        context={"active_test": False},
        ondelete="restrict",
    )

    @api.depends("body_html", "model_id")
    def _compute_autotext_ids(self):
        autotexts = self.env["gestor.autotext"]
        for text in self:
            used = {}
            for body in text._get_bodies().values():
                used.update(autotexts._find_used(body, text.model))
            text.autotext_ids = autotexts.union(*used.values())

    @api.constrains("body_html", "model_id")
    def _check_body_html(self):
        for text in self:
            for body in text._get_bodies().values():
                self.env["gestor.text.engine"]._gestor_cut(body, text.model)

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        result = super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
        if field_name == "body_html":
            self._check_body_html()  # the host checks no constraints here
        return result

    # === Texts ===

    def _gestor_render(self, records, lang=None):
        """Return the text for each document, in the client's language.

        :param records: documents of the template's model
        :param str lang: one language for all of them
        :rtype: dict[int, Markup]
        :raise AccessError: if the user may not read the template or the documents
        :raise ValidationError: if the template is about other documents
        """
        filled = self._gestor_fill(records, lang)
        return {res_id: one.text for res_id, one in filled.items()}

    def _gestor_missing(self, records, lang=None):
        """Return what the text should say about each document but cannot.

        :return: ``{id: [(name of the autotext, "empty" or "no_access")]}``, complete
            documents included with an empty list
        :rtype: dict[int, list]
        """
        filled = self._gestor_fill(records, lang)
        return {res_id: one.missing for res_id, one in filled.items()}

    def _gestor_fill(self, records, lang=None, mark=False):
        """Return text and missing values at once: ``{id: Filled}``."""
        self.ensure_one()
        self.check_access("read")
        if self.model and self.model != records._name:
            raise ValidationError(
                self.env._(
                    'The text "%(name)s" is about other documents.', name=self.name
                )
            )
        return self.env["gestor.text.engine"]._gestor_fill(
            self._get_bodies(), records, lang=lang, mark=mark
        )

    @api.model
    def _get_model_domain(self, model):
        """Return the templates that can be used for documents of a model."""
        return Domain("model_id", "=", False) | Domain("model", "=", model)

    def _get_bodies(self):
        """Return the text in each language."""
        self.ensure_one()
        return {
            lang: self.with_context(lang=lang).body_html
            for lang, _name in self.env["res.lang"].get_installed()
        }

    @api.model
    def _describe_missing(self, missing):
        """Return one line for each value that is missing."""
        reasons = {
            "empty": self.env._("nothing is entered"),
            "no_access": self.env._("you may not read it"),
        }
        return "\n".join(f"{name}: {reasons[reason]}" for name, reason in missing)
