from odoo import api, fields, models


class TestGestorDocument(models.Model):
    """A document that everybody sees and only its owner may change."""

    _name = "test.gestor.document"
    _description = "Test Document"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "gestor.document.mixin",
        "gestor.search.mixin",
        "gestor.history.mixin",
    ]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
    partner_id = fields.Many2one("res.partner", index=True)
    parent_id = fields.Many2one("test.gestor.document", index=True)
    company_id = fields.Many2one("res.company", index=True)

    @api.model
    def _gestor_document_label(self):
        return self.env._("Paper")

    @api.model
    def _gestor_search_label(self):
        return self.env._("Papers")

    def _get_gestor_subtitle_parts(self):
        return [self._gestor_document_label(), ""]

    def _gestor_related(self):
        return super()._gestor_related() + self._gestor_related_by(
            self._name, "parent_id", self.env._("sheet")
        )

    def _gestor_info_sections(self):
        sheets = self.search([("parent_id", "=", self.id)])
        rows = [self._gestor_info_row(sheet, icon="fa-file") for sheet in sheets]
        return super()._gestor_info_sections() + [
            self._gestor_info_section("sheets", self.env._("Sheets"), rows)
        ]


class TestGestorSecret(models.Model):
    """A document that only its owner may see."""

    _name = "test.gestor.secret"
    _description = "Test Secret"
    _inherit = ["gestor.document.mixin", "gestor.search.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
