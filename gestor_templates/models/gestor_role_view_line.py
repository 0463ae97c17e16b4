from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gestor_base.lib.typed_text import READ_ERRORS

from ..lib import list_arch
from .gestor_role_view import COLORS, STATES


class GestorRoleViewColumn(models.Model):
    """A column of the list."""

    _name = "gestor.role.view.column"
    _description = "Column For Roles"
    _order = "sequence, id"

    view_id = fields.Many2one(
        "gestor.role.view", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    model = fields.Char(related="view_id.model")
    field_id = fields.Many2one(
        "ir.model.fields",
        string="Column",
        required=True,
        ondelete="cascade",
        domain="[('model', '=', model), ('ttype', 'not in', ('one2many', 'binary'))]",
    )
    state = fields.Selection(STATES, string="Visibility", default="show", required=True)
    width = fields.Integer(string="Width (pixels)", help="0: as wide as it needs.")


class GestorRoleViewColor(models.Model):
    """The colour of the rows for which a condition holds."""

    _name = "gestor.role.view.color"
    _description = "Colour For Roles"
    _order = "sequence, id"

    view_id = fields.Many2one(
        "gestor.role.view", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    model = fields.Char(related="view_id.model")
    color = fields.Selection(COLORS, default="danger", required=True)
    domain = fields.Char(string="Condition", default="[]", required=True)

    @api.constrains("domain")
    def _check_domain(self):
        for color in self:
            try:
                domain = color._get_domain()
                list_arch.to_expression(domain)
                is_known = set(color._get_names()) <= set(self.env[color.model]._fields)
            except READ_ERRORS:
                is_known = False
            if not is_known:
                raise ValidationError(
                    self.env._(
                        "A colour can depend only on the fields of the row itself:"
                        " %(domain)s",
                        domain=color.domain,
                    )
                )

    def _get_domain(self):
        return literal_eval(self.domain)

    def _get_names(self):
        return list_arch.field_names(self._get_domain())
