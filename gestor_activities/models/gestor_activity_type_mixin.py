from odoo import fields, models


class GestorActivityTypeMixin(models.AbstractModel):
    """What kind of work something is: the type and the category below it."""

    _name = "gestor.activity.type.mixin"
    _description = "Type Of An Activity"

    type_id = fields.Many2one(
        "gestor.activity.type",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_type_id(),
    )
    kind = fields.Selection(related="type_id.kind")
    color = fields.Integer(related="type_id.color")
    category_id = fields.Many2one(
        "gestor.activity.category",
        domain="['|', ('type_ids', '=', False), ('type_ids', 'in', type_id),"
        " ('company_id', 'in', (company_id, False))]",
        index="btree_not_null",
    )

    def _default_type_id(self):
        types = self.env["gestor.activity.type"]
        kind = self.env.context.get("gestor_activities_kind", "task")
        return types.search([("kind", "=", kind)], limit=1) or types.search([], limit=1)
