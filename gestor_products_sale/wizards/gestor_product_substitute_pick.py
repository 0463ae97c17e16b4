from odoo import fields, models


class GestorProductSubstitutePick(models.TransientModel):
    """The substitutes of the good of an order line, to take one of them."""

    _name = "gestor.product.substitute.pick"
    _description = "Pick A Substitute"

    line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="line_id.product_id", string="Good")
    product_uom_qty = fields.Float(related="line_id.product_uom_qty")
    product_uom_id = fields.Many2one(related="line_id.product_uom_id")
    price_unit = fields.Float(related="line_id.price_unit")
    state = fields.Selection(related="line_id.gestor_substitute_state")
    option_ids = fields.One2many("gestor.product.substitute.option", "pick_id")
