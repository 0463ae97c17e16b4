from odoo import fields, models


class GestorActivityCategory(models.Model):
    """What an activity is about: a word of the company's own list."""

    _name = "gestor.activity.category"
    _description = "Activity Category"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    type_ids = fields.Many2many(
        "gestor.activity.type", string="Types", help="Empty: for all types."
    )
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
