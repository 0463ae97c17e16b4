from odoo import models

#: context: ``{line id: quantity}``, the only lines that go on the invoice
QUANTITIES = "gestor_realize_quantities"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        result = super().write(vals)
        if "qty_delivered" in vals:
            # sudo: who delivers needs no rights to offers, yet the delivery moves them
            self.sudo().order_id.gestor_offer_id._gestor_update_realization()
        return result

    def _prepare_invoice_line(self, **optional_values):
        """Invoice the chosen quantity instead of all that is open."""
        quantities = self.env.context.get(QUANTITIES) or {}
        if self.id in quantities:
            optional_values.setdefault("quantity", quantities[self.id])
        return super()._prepare_invoice_line(**optional_values)

    def _gestor_is_goods(self):
        """Tell whether the line is something to deliver and invoice."""
        self.ensure_one()
        return (
            bool(self.product_id)
            and not self.display_type
            and not (self.is_downpayment)
        )

    def _gestor_get_open_quantity(self, kind):
        """Return how much of the line is still to be invoiced or delivered.

        :param str kind: "invoice" or "delivery"
        :rtype: float
        """
        self.ensure_one()
        if not self._gestor_is_goods():
            return 0.0
        if kind == "delivery":
            left = self.product_uom_qty - self.qty_delivered
            return max(left, 0.0) if self._gestor_is_deliverable() else 0.0
        if self.state == "sale":
            return max(self.qty_to_invoice, 0.0)
        return self.product_uom_qty if self.product_id.invoice_policy == "order" else 0

    def _gestor_is_deliverable(self):
        """Tell whether a quantity of the line can be delivered from the offer."""
        self.ensure_one()
        return self.qty_delivered_method == "manual"

    def _gestor_get_realized_quantity(self, realized_by):
        """Return how much of the line is realized.

        :param str realized_by: "invoice", "delivery" or "any"
        """
        self.ensure_one()
        if realized_by == "invoice":
            return self.qty_invoiced_posted
        if realized_by == "delivery":
            return self.qty_delivered
        return max(self.qty_invoiced_posted, self.qty_delivered)
