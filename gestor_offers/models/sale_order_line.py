from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._gestor_check_editable()
        return lines

    def write(self, vals):
        if not self._gestor_protected_fields().isdisjoint(vals):
            self.order_id._gestor_check_editable()
            if vals.get("order_id"):
                target = self.env["sale.order"].browse(vals["order_id"])
                target._gestor_check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_seen_by_client(self):
        self.order_id._gestor_check_editable()

    @api.model
    def _gestor_protected_fields(self):
        """Return the fields of a variant's line that the client relies on.

        :rtype: set[str]
        """
        return {
            "discount",
            "extra_tax_data",
            "name",
            "order_id",
            "price_unit",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "tax_ids",
        }
