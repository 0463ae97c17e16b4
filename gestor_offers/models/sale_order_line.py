from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # === Prices ===

    @api.depends("order_id.partner_id.commercial_partner_id.gestor_pricelist_id")
    def _compute_pricelist_item_id(self):
        """Take the lowest price of all price lists that hold for the client."""
        result = super()._compute_pricelist_item_id()
        for line in self:
            if line.product_id and not line.display_type:
                for pricelist in line._gestor_other_pricelists():
                    line._gestor_take_cheaper(pricelist)
        return result

    def _gestor_other_pricelists(self):
        """Return the price lists that hold beside that of the order.

        A hook: here it is the additional price list of the client.

        :rtype: recordset of ``product.pricelist``
        """
        self.ensure_one()
        additional = self.order_id.partner_id.commercial_partner_id.gestor_pricelist_id
        own = self.order_id.pricelist_id
        # sudo: a price list of another company is no business of this order
        return additional.filtered(
            lambda pricelist: (
                pricelist != own
                and pricelist.sudo().company_id
                in (self.company_id, self.env["res.company"])
            )
        )

    def _gestor_take_cheaper(self, pricelist):
        """Take the rule of a price list if its price is lower than that of the line."""
        item = pricelist._get_product_rule(
            product=self.product_id, **self._get_pricelist_kwargs()
        )
        rule = self.env["product.pricelist.item"].browse(item)
        if not rule:
            return
        before, price = self.pricelist_item_id, self._get_pricelist_price()
        self.pricelist_item_id = rule
        if self.currency_id.compare_amounts(self._get_pricelist_price(), price) >= 0:
            self.pricelist_item_id = before

    def _get_pricelist_price(self):
        """Let an own price function beat the price lists if it is lower."""
        return min([super()._get_pricelist_price(), *self._gestor_own_prices()])

    def _gestor_own_prices(self):
        """Return what own price functions ask for one unit.

        A hook for prices that no price list can say. Called for each line whose price
        is computed, so what it reads has to be prefetched.

        :return: prices in the currency of the order, without taxes
        :rtype: list[float]
        """
        self.ensure_one()
        return []

    # === The client has seen it ===

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
