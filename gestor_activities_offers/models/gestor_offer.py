from odoo import models


class GestorOffer(models.Model):
    _name = "gestor.offer"
    _inherit = ["gestor.offer", "gestor.activity.source.mixin"]
