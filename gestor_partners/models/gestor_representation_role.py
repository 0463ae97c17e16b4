from odoo import fields, models


class GestorRepresentationRole(models.Model):
    """What a person does for a firm: decides, buys, pays, looks after machines."""

    _name = "gestor.representation.role"
    _description = "Role of Representatives"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
