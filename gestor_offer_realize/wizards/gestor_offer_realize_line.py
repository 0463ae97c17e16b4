from odoo import api, fields, models


class GestorOfferRealizeLine(models.TransientModel):
    """How much of a line goes on the document."""

    _name = "gestor.offer.realize.line"
    _description = "Line Of An Offer To Realize"

    wizard_id = fields.Many2one(
        "gestor.offer.realize", required=True, index=True, ondelete="cascade"
    )
    order_line_id = fields.Many2one(
        "sale.order.line", string="Line", required=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="order_line_id.product_id")
    product_uom_id = fields.Many2one(related="order_line_id.product_uom_id")
    ordered_quantity = fields.Float(
        string="Ordered", related="order_line_id.product_uom_qty"
    )
    open_quantity = fields.Float(
        string="Open", compute="_compute_open_quantity", digits="Product Unit"
    )
    quantity = fields.Float(digits="Product Unit", required=True)

    @api.depends("order_line_id", "wizard_id.kind")
    def _compute_open_quantity(self):
        for line in self:
            kind = line.wizard_id.kind
            line.open_quantity = (
                line.order_line_id._gestor_get_open_quantity(kind)
                if line.order_line_id
                else 0.0
            )
