from odoo import fields, models


class GestorRelation(models.Model):
    """What a client is to the company: a cold contact, a good client, a VIP."""

    _name = "gestor.relation"
    _description = "Relation With Clients"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
    partner_ids = fields.One2many("res.partner", "gestor_relation_id", string="Clients")
