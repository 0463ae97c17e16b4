from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import float_round


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.constrains("product_id", "product_uom_id", "product_uom_qty")
    def _check_gestor_decimal_places(self):
        rows = self.env["product.uom"]
        for company, lines in self.grouped("company_id").items():
            if found := rows._gestor_too_fine(lines._get_gestor_quantities(), company):
                messages = [rows._gestor_too_fine_message(*row) for row in found]
                raise ValidationError("\n".join(messages))

    @api.onchange("product_id", "product_uom_id", "product_uom_qty")
    def _onchange_gestor_decimal_places(self):
        """Round what was typed, and say so, instead of refusing it on saving."""
        rows = self.env["product.uom"]
        found = rows._gestor_too_fine(self._get_gestor_quantities(), self.company_id)
        if not found:
            return None
        _product, _unit, quantity, places = found[0]
        self.product_uom_qty = float_round(quantity, precision_digits=places)
        return {
            "warning": {
                "title": self.env._("Quantity rounded"),
                "message": rows._gestor_too_fine_message(*found[0]),
            }
        }

    def _get_gestor_quantities(self):
        return [
            (line.product_id._origin, line.product_uom_id._origin, line.product_uom_qty)
            for line in self
        ]
