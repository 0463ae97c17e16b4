from odoo import models


class GestorDocumentMixin(models.AbstractModel):
    _name = "gestor.document.mixin"
    _inherit = [
        "gestor.document.mixin",
        "gestor.autotext.mixin",
        "gestor.print.mail.mixin",
    ]
