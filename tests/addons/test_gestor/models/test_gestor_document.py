from odoo import api, fields, models


class TestGestorDocument(models.Model):
    """A document that everybody sees and only its owner may change."""

    _name = "test.gestor.document"
    _description = "Test Document"
    _inherit = ["gestor.document.mixin", "gestor.search.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
    company_id = fields.Many2one("res.company", index=True)

    @api.model
    def _gestor_document_label(self):
        return self.env._("Paper")

    @api.model
    def _gestor_search_label(self):
        return self.env._("Papers")

    def _get_gestor_subtitle_parts(self):
        return [self._gestor_document_label(), ""]


class TestGestorSecret(models.Model):
    """A document that only its owner may see."""

    _name = "test.gestor.secret"
    _description = "Test Secret"
    _inherit = ["gestor.document.mixin", "gestor.search.mixin"]

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", index=True)
