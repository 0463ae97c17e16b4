from odoo import fields, models


class GestorResourceKind(models.Model):
    """A kind of resources, like cars or rooms, with the rules they usually have."""

    _name = "gestor.resource.kind"
    _description = "Resource Kind"
    _inherit = "gestor.booking.rule.mixin"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    group_ids = fields.Many2many(
        relation="gestor_resource_kind_group_rel", column1="kind_id", column2="group_id"
    )
    resource_count = fields.Integer(
        string="Resources count", compute="_compute_resource_count"
    )

    def _compute_resource_count(self):
        counts = dict(
            self.env["gestor.resource"]._read_group(
                [("kind_id", "in", self.ids)], ["kind_id"], ["__count"]
            )
        )
        for kind in self:
            kind.resource_count = counts.get(kind, 0)
