from odoo import api, fields, models


class GestorClientSetCondition(models.Model):
    """A ready definition, used by a client set with its parameters."""

    _name = "gestor.client.set.condition"
    _description = "Condition Of A Client Set"
    _inherit = ["gestor.set.condition.mixin"]
    _order = "id"
    _rec_name = "summary"

    set_id = fields.Many2one(
        "gestor.client.set", required=True, index=True, ondelete="cascade"
    )
    definition = fields.Selection(required=True)

    # Whoever changes a condition answers for the whole rule from then on

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        conditions.set_id._touch_rule()
        return conditions

    def write(self, vals):
        result = super().write(vals)
        self.set_id._touch_rule()
        return result

    def unlink(self):
        sets = self.set_id
        result = super().unlink()
        sets._touch_rule()
        return result
