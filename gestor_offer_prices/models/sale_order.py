from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === Computes ===

    @api.depends("gestor_offer_id.price_currency_id")
    def _compute_currency_id(self):
        result = super()._compute_currency_id()
        for order in self:
            # sudo: the currency is known to whoever may see the variant
            chosen = order.gestor_offer_id.sudo().price_currency_id
            if chosen:
                order.currency_id = chosen
        return result

    @api.depends("gestor_offer_id.price_rate")
    def _compute_currency_rate(self):
        result = super()._compute_currency_rate()
        for order in self:
            offer = order._gestor_rated_offer()
            if offer:
                order.currency_rate = 1 / offer.price_rate
        return result

    # === Hooks of the host ===

    def _get_update_prices_lines(self):
        """Keep the prices of variants that are set by hand."""
        lines = super()._get_update_prices_lines()
        return lines - self._gestor_hand_priced_lines()

    def _get_product_catalog_order_data(self, products, **kwargs):
        offer = self._gestor_rated_offer()
        if offer:
            kwargs["gestor_rated_offer"] = offer
        return super()._get_product_catalog_order_data(products, **kwargs)

    def _update_order_line_info(self, product_id, quantity, **kwargs):
        offer = self._gestor_rated_offer()
        if offer:
            kwargs["gestor_rated_offer"] = offer
        return super()._update_order_line_info(product_id, quantity, **kwargs)

    # === Helpers ===

    def _gestor_rated_offer(self):
        """Return the offer of a variant if it has a currency with a rate of its own."""
        # sudo: the rate is known to whoever may see the variant
        offer = self.gestor_offer_id.sudo()
        return offer.filtered(
            lambda item: item.price_rate and item.price_currency_id == self.currency_id
        )

    def _gestor_hand_priced_lines(self):
        """Return the lines of variants whose price or discount was set by hand."""
        variants = self.filtered("gestor_offer_id")
        return variants.order_line.filtered(
            lambda line: line._gestor_is_priced_by_hand()
        )

    def _gestor_rules_in_use(self):
        """Return the rules of price lists that hold for the lines, in batch."""
        found = self.env["product.pricelist.item"]
        for order in self:
            for rules in order.order_line._gestor_matching_rules().values():
                found |= found.concat(*rules)
        return found
