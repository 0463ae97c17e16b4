from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorFieldOption(models.Model):
    _name = "gestor.field.option"
    _description = "Option Of An Own Field"
    _order = "field_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    field_id = fields.Many2one(
        "gestor.field", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer(string="Colour", aggregator=False)
    active = fields.Boolean(default=True)
    is_default = fields.Boolean(string="Default")
    code = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: uuid4().hex[:16],
        help="What documents remember; the name may change.",
    )

    _code_uniq = models.UniqueIndex("(field_id, code)")

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options.field_id._publish()
        return options

    def write(self, vals):
        own_fields = self.field_id
        result = super().write(vals)
        (own_fields | self.field_id)._publish()
        return result

    def unlink(self):
        own_fields = self.field_id
        result = super().unlink()
        own_fields.exists()._publish()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for option in self:
            domain = [(option.field_id._get_path(), "in", [option.code])]
            document = option.field_id._find_document(domain)
            if document:
                raise UserError(
                    self.env._(
                        'The option "%(option)s" is used, for example on '
                        '"%(document)s". Archive it instead.',
                        option=option.name,
                        document=document.display_name,
                    )
                )
