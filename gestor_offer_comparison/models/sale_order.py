from odoo import models

# what of a line is compared
LINE_NAMES = ("quantity", "uom", "price", "discount", "amount", "description")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _gestor_comparison_column(self):
        """Return the variant as a column of a comparison, ready for JSON.

        :return: ``{"key", "title", "currency_id", "totals", "lines"}``
        :rtype: dict
        """
        self.ensure_one()
        return {
            "key": self.id,
            "title": self.gestor_variant_name or self.name,
            "is_proposed": self.gestor_is_proposed,
            "currency_id": self.currency_id.id,
            "totals": {
                "amount_untaxed": self.amount_untaxed,
                "amount_tax": self.amount_tax,
                "amount_total": self.amount_total,
                "margin": self.margin,
                "margin_percent": self.margin_percent,
            },
            "lines": [
                self._gestor_comparison_line(line)
                for line in self.order_line
                if not line.display_type and not line.is_downpayment
            ],
        }

    def _gestor_comparison_line(self, line):
        title, _separator, description = (line.name or "").partition("\n")
        return {
            "key": line.product_id.id or title,
            "title": line.product_id.display_name or title,
            "description": description.strip(),
            "quantity": line.product_uom_qty,
            "uom": line.product_uom_id.name,
            "price": line.price_unit,
            "discount": line.discount,
            "amount": line.price_subtotal,
        }
