from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.sale.controllers import portal


class VariantPortal(portal.CustomerPortal):
    """Lead the host's order pages of a variant to the page of its offer."""

    def _prepare_quotations_domain(self, partner):
        # variants are shown on their offer, once
        domain = Domain(super()._prepare_quotations_domain(partner))
        return domain & Domain("gestor_offer_id", "=", False)

    def _gestor_variant_offer(self, order_id, access_token):
        """Return the offer of a variant that the visitor may see, or nothing.

        An order that came out of an accepted variant stays the host's.
        """
        order = self._gestor_variant(order_id, access_token)
        return order.gestor_offer_id if order.state != "sale" else order.browse()

    def _gestor_variant(self, order_id, access_token):
        orders = request.env["sale.order"]
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return orders
        return order if order.gestor_offer_id else orders

    def _gestor_variant_error(self):
        return request.env._(
            "This order is a variant of an offer. Please answer on the offer's page."
        )

    @route()
    def portal_order_page(self, order_id, access_token=None, **kwargs):
        offer = self._gestor_variant_offer(order_id, access_token)
        if offer:
            # without the token: the link of an order must not open a withdrawn offer
            return request.redirect(offer.access_url)
        return super().portal_order_page(order_id, access_token=access_token, **kwargs)

    @route()
    def portal_quote_accept(
        self, order_id, access_token=None, name=None, signature=None
    ):
        token = access_token or request.httprequest.args.get("access_token")
        if self._gestor_variant(order_id, token):
            return {"error": self._gestor_variant_error()}
        return super().portal_quote_accept(
            order_id, access_token=access_token, name=name, signature=signature
        )

    @route()
    def portal_quote_decline(
        self, order_id, access_token=None, decline_message=None, **kwargs
    ):
        order = self._gestor_variant(order_id, access_token)
        if order:
            return request.redirect(order.gestor_offer_id.access_url, code=303)
        return super().portal_quote_decline(
            order_id,
            access_token=access_token,
            decline_message=decline_message,
            **kwargs,
        )


class VariantPaymentPortal(portal.PaymentPortal):
    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        # sudo: only tells whether the order is an open variant; the host's method
        # checks the token before anything else is done
        order = request.env["sale.order"].sudo().browse(order_id).exists()
        if order.gestor_offer_id and order.state != "sale":
            raise ValidationError(
                request.env._(
                    "A variant of an offer cannot be paid before it is accepted."
                )
            )
        return super().portal_order_transaction(order_id, access_token, **kwargs)
