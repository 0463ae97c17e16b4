from odoo import fields, models

from ..const import KINDS


class GestorActivityResult(models.Model):
    """How an activity, or one of its clients, may end."""

    _name = "gestor.activity.result"
    _description = "Activity Result"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    kind = fields.Selection(KINDS, help="Empty: for all kinds.")
    is_success = fields.Boolean(string="Success", default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
