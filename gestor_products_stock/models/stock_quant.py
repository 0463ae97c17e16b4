from odoo import api, fields, models

from odoo.addons.gestor_products.lib.fractions import nearest_part


class StockQuant(models.Model):
    _inherit = "stock.quant"

    gestor_node_ids = fields.Many2many(
        string="Classifiers of the good",
        related="product_id.gestor_node_ids",
        groups="base.group_user",
    )

    @api.model
    def _update_available_quantity(
        self,
        product_id,
        location_id,
        quantity=False,
        reserved_quantity=False,
        lot_id=None,
        package_id=None,
        owner_id=None,
        in_date=None,
    ):
        """Let nothing be left of a pack that went out by the piece.

        Each third of a pack goes out as 0.33, and 0.01 would stay. What is there is
        rounded as a whole number of pieces instead.
        """
        where = {"lot_id": lot_id, "package_id": package_id, "owner_id": owner_id}
        available, in_date = super()._update_available_quantity(
            product_id,
            location_id,
            quantity=quantity,
            reserved_quantity=reserved_quantity,
            in_date=in_date,
            **where,
        )
        parts = product_id._get_gestor_stock_parts() if quantity else 0
        if parts:
            # sudo: as the host, which moves stock for whoever validates a transfer
            quants = self.sudo()
            quants._gather(product_id, location_id, strict=True, **where)._snap(parts)
            available = quants._get_available_quantity(
                product_id, location_id, strict=True, allow_negative=True, **where
            )
        return available, in_date

    def _snap(self, parts):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for quant in self:
            whole = nearest_part(quant.quantity, parts, digits)
            if quant.product_uom_id.compare(whole, quant.quantity):
                quant.quantity = whole
