from odoo import fields, models


class GestorTextCategory(models.Model):
    _name = "gestor.text.category"
    _description = "Category of Text Templates"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
