from fractions import Fraction

from odoo import models

from odoo.addons.gestor_products.lib.fractions import common_parts


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _gestor_available_quantities(self):
        counted = self.filtered("is_storable")
        return super()._gestor_available_quantities() | {
            product: product.free_qty for product in counted
        }

    def _get_gestor_stock_parts(self):
        """Return the parts of the stock unit that decimals cannot hold, or 0.

        See :func:`odoo.addons.gestor_products.lib.fractions.common_parts`.
        """
        self.ensure_one()
        if not self.uom_ids:
            return 0
        ratios = (unit._get_gestor_ratio(self.uom_id) for unit in self.uom_ids)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return common_parts([Fraction(*ratio) for ratio in ratios if ratio], digits)
