from odoo import fields, models


class GestorParticipantRole(models.Model):
    """What somebody does on a document: takes part, reviews, advises."""

    _name = "gestor.participant.role"
    _description = "Participant Role"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
