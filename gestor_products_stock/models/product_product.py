from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _gestor_available_quantities(self):
        counted = self.filtered("is_storable")
        return super()._gestor_available_quantities() | {
            product: product.free_qty for product in counted
        }
