from odoo import models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    # The host counts a price in the currency that it is asked for, but leaves a fixed
    # price as it is, and takes the rate of the day. For an offer with a rate of its own
    # the price is counted in the currency of its price list, then converted once.

    def _compute_price(self, *args, gestor_rated_offer=None, **kwargs):
        """Return a price; for an offer with a frozen rate at this rate.

        :param gestor_rated_offer: ``gestor.offer`` with a chosen currency, or nothing
        """
        if not gestor_rated_offer:
            return super()._compute_price(*args, **kwargs)
        own = self._gestor_own_currency(*args, **kwargs)
        price = super()._compute_price(*args, **{**kwargs, "currency": own})
        return gestor_rated_offer._convert_price(price, own)

    def _compute_price_before_discount(self, *args, gestor_rated_offer=None, **kwargs):
        """Return a price without its discount, see :meth:`_compute_price`."""
        if not gestor_rated_offer:
            return super()._compute_price_before_discount(*args, **kwargs)
        own = self._gestor_own_currency(*args, **kwargs)
        price = super()._compute_price_before_discount(
            *args, **{**kwargs, "currency": own}
        )
        return gestor_rated_offer._convert_price(price, own)

    def _gestor_own_currency(self, product=None, *args, **kwargs):
        """Return the currency in which the rule, or no rule, prices a product."""
        return self.currency_id or product.currency_id
