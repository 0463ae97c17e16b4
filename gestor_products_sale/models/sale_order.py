from odoo import fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = [
        "sale.order",
        "gestor.goods.document.mixin",
        "gestor.product.activity.mixin",
    ]

    _gestor_goods_path = "order_line.product_id"

    def _action_confirm(self):
        """Plan what follows from the goods that are ordered."""
        result = super()._action_confirm()
        self._gestor_plan_goods_activities("sale_confirmed")
        return result

    def _action_cancel(self):
        """Withdraw what was to follow from the goods."""
        result = super()._action_cancel()
        self._gestor_cancel_goods_activities()
        return result

    def _gestor_goods(self):
        return {
            order: order.order_line.filtered(
                lambda line: line.product_uom_qty > 0 and not line.is_downpayment
            ).product_id
            for order in self
        }

    def _gestor_substitutes(self, products):
        """Return the substitutes of goods on the day of an order.

        See :meth:`gestor.product.substitute._gestor_substitutes`.
        """
        rows = self.env["gestor.product.substitute"]
        return rows._gestor_substitutes(
            products._origin, self.company_id or self.env.company, self._get_sale_day()
        )

    def _gestor_available_quantities(self, products):
        """Return what the warehouse of an order can promise at once.

        See :meth:`product.product._gestor_available_quantities`.
        """
        products = products._origin.with_company(self.company_id)
        if "warehouse_id" in self._fields:
            products = products.with_context(warehouse_id=self.warehouse_id.id)
        return products._gestor_available_quantities()

    def _get_sale_day(self):
        moment = self.date_order or fields.Datetime.now()
        return fields.Datetime.context_timestamp(self, moment).date()
