from odoo import api, fields, models
from odoo.exceptions import UserError


class GestorDictionaryValue(models.Model):
    _name = "gestor.dictionary.value"
    _description = "Own Dictionary Value"
    _order = "dictionary_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    dictionary_id = fields.Many2one(
        "gestor.dictionary", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="dictionary_id.company_id", store=True, index="btree_not_null"
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer(string="Colour", aggregator=False)
    active = fields.Boolean(
        default=True,
        help="Documents that have an archived value keep it; nobody can choose it "
        "any more.",
    )

    def write(self, vals):
        if "dictionary_id" in vals:
            moved = self.filtered(
                lambda value: value.dictionary_id.id != vals["dictionary_id"]
            )
            moved._refuse_used()
        result = super().write(vals)
        if "active" in vals:
            # sudo: an archived value is nobody's default any more
            own_fields = self.env["gestor.field"].sudo()
            own_fields.search([("default_value_ids", "in", self.ids)])._publish()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._refuse_used()

    def _refuse_used(self):
        """Refuse to take away values that documents have."""
        own_fields = self.env["gestor.field"]
        for value in self:
            document = own_fields._find_document_with(value)
            if document:
                raise UserError(
                    self.env._(
                        'The value "%(value)s" is used, for example on "%(document)s" '
                        "(%(model)s). Archive it instead: documents keep it and "
                        "nobody can choose it any more.",
                        value=value.name,
                        document=document.display_name,
                        model=document._gestor_document_label(),
                    )
                )
