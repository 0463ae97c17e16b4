from odoo import api, fields, models


class GestorDictionary(models.Model):
    """A list of values that a company makes for its own fields."""

    _name = "gestor.dictionary"
    _description = "Own Dictionary"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    note = fields.Text(string="Notes")
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: shared by all companies."
    )
    value_ids = fields.One2many(
        "gestor.dictionary.value", "dictionary_id", string="Values", copy=True
    )
    value_count = fields.Integer(
        string="Number of values", compute="_compute_value_count"
    )

    @api.depends("value_ids")
    def _compute_value_count(self):
        counts = dict(
            self.env["gestor.dictionary.value"]._read_group(
                [("dictionary_id", "in", self.ids)], ["dictionary_id"], ["__count"]
            )
        )
        for dictionary in self:
            dictionary.value_count = counts.get(dictionary._origin, 0)

    @api.constrains("company_id")
    def _check_fields_company(self):
        # sudo: the fields of all companies have to fit
        own_fields = self.env["gestor.field"].sudo().with_context(active_test=False)
        own_fields = own_fields.search([("dictionary_id", "in", self.ids)])
        own_fields._check_dictionary_company()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        values = self.with_context(active_test=False).value_ids
        self.env["gestor.field"]._refuse_used_dictionaries(self)
        values._unlink_except_used()
