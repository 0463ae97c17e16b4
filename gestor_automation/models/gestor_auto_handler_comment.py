from odoo import api, models
from odoo.exceptions import ValidationError


class GestorAutoHandlerComment(models.AbstractModel):
    """Write a comment under the document. Parameters: ``text``, plain."""

    _name = "gestor.auto.handler.comment"
    _description = "Add Comment"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 40

    @api.model
    def _label(self):
        return self.env._("Add comment")

    @api.model
    def _validate(self, params, model):
        self._check_inherits(model, "mail.thread")
        if not (params.get("text") or "").strip():
            raise ValidationError(self.env._("A comment needs a text."))

    @api.model
    def _describe(self, params):
        return self.env._('Add comment "%(text)s"', text=params.get("text") or "")

    @api.model
    def _preview(self, params, document):
        return [(self.env._("Content"), params.get("text") or "")]

    @api.model
    def _run(self, action, document):
        document.message_post(body=action.params["text"])
