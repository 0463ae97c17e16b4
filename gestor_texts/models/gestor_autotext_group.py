from odoo import fields, models


class GestorAutotextGroup(models.Model):
    _name = "gestor.autotext.group"
    _description = "Group of Autotexts"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    autotext_ids = fields.One2many("gestor.autotext", "group_id", string="Autotexts")
