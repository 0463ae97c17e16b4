from odoo import api, fields, models
from odoo.exceptions import ValidationError


class GestorLibraryCategory(models.Model):
    _name = "gestor.library.category"
    _description = "Library Category"
    _parent_store = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "gestor.library.category",
        string="Parent category",
        index=True,
        ondelete="restrict",
    )
    parent_path = fields.Char(index=True)

    @api.depends("name", "parent_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for category in self:
            names, ancestor = [], category
            while ancestor:
                names.append(ancestor.name or "")
                ancestor = ancestor.parent_id
            category.display_name = " / ".join(reversed(names))

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A category cannot stand under one of its own.")
            )
