from odoo import api, fields, models


class GestorProductSubstituteOption(models.TransientModel):
    """One substitute, in the quantity and at the price the line would get."""

    _name = "gestor.product.substitute.option"
    _description = "Substitute To Pick"

    pick_id = fields.Many2one(
        "gestor.product.substitute.pick", required=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one("product.product", required=True)
    quantity = fields.Float(digits="Product Unit")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    note = fields.Char()
    is_counted = fields.Boolean()
    available = fields.Float(digits="Product Unit")
    is_short = fields.Boolean(compute="_compute_is_short")
    currency_id = fields.Many2one(related="pick_id.line_id.currency_id")
    price_unit = fields.Monetary(string="Unit price")
    amount = fields.Monetary(compute="_compute_amount")

    @api.depends("is_counted", "available", "quantity")
    def _compute_is_short(self):
        for option in self:
            missing = option.uom_id.compare(option.available, option.quantity) < 0
            option.is_short = option.is_counted and missing

    @api.depends("price_unit", "quantity")
    def _compute_amount(self):
        for option in self:
            option.amount = option.price_unit * option.quantity

    def action_use(self):
        """Put the substitute on the line instead of its good."""
        self.ensure_one()
        self.pick_id.line_id._gestor_replace_product(self.product_id, self.quantity)
        return {"type": "ir.actions.act_window_close"}
