from odoo import api, models
from odoo.exceptions import UserError

from .gestor_offer_lifecycle import LIVE_STATES, WON_STATES


class GestorVariantGuardMixin(models.AbstractModel):
    """What may be done to an order while, and after, it is a variant of an offer."""

    _name = "gestor.variant.guard.mixin"
    _description = "Guard Of A Variant"

    @api.model
    def _gestor_identity_fields(self):
        """Return what makes a variant out of an order; kept after acceptance too.

        :rtype: set[str]
        """
        return {
            "gestor_is_proposed",
            "gestor_variant_description",
            "gestor_variant_name",
            "gestor_variant_sequence",
        }

    @api.model
    def _gestor_protected_fields(self):
        """Return the fields of a variant that the client relies on.

        :rtype: set[str]
        """
        return {
            "company_id",
            "currency_id",
            "fiscal_position_id",
            "note",
            "payment_term_id",
            "pricelist_id",
        }

    def _gestor_check_editable(self):
        """Refuse changes of variants that the client has seen.

        The accepted one is an order now and follows the rules of the host.

        :raise UserError: naming the offers
        """
        # sudo: also those who have no rights to offers work on the orders
        variants = self.sudo().filtered(
            lambda order: order.gestor_offer_id.accepted_order_id != order
        )
        variants.gestor_offer_id._check_editable()

    def _gestor_prepare_joining_vals(self, vals):
        """Return the values of a quotation that becomes a variant of an offer.

        The constraints see to it that it is for the same client, guardian and currency.

        :param dict vals: written values, with ``gestor_offer_id``
        :raise UserError: if the order is a variant already or no draft, or if the
            client has the offer
        """
        self.ensure_one()
        offer = self.env["gestor.offer"].browse(vals["gestor_offer_id"] or ())
        # sudo: see _gestor_check_editable
        if not offer or self.sudo().gestor_offer_id or self.state != "draft":
            raise UserError(
                self.env._(
                    "Only a quotation can become a variant, and a variant does not"
                    " leave its offer. Remove it in the offer instead."
                )
            )
        offer.check_access("write")
        offer._check_editable()
        return {
            **offer._prepare_variant_place_vals(),
            "gestor_is_proposed": not offer.order_ids.filtered("gestor_is_proposed"),
            "opportunity_id": offer.process_id.id,
            "validity_date": offer.date_to,
            **vals,
        }

    def _gestor_check_state(self, state):
        """Refuse a status of variants that their offer does not give them.

        :param str state: the new status
        :raise UserError: naming the offer
        """
        # sudo: see _gestor_check_editable
        for order in self.sudo().filtered(lambda o: o.state != state):
            offer = order.gestor_offer_id
            follows = {
                "draft": offer.state in LIVE_STATES,
                "sent": offer.state == "sent",
                "sale": offer.accepted_order_id == order,
                "cancel": offer.state in (*WON_STATES, "rejected"),
            }
            if offer and not follows.get(state):
                raise UserError(
                    self.env._(
                        "The status of a variant follows its offer %(offer)s: send,"
                        " accept or reject the offer.",
                        offer=offer.name,
                    )
                )

    def _gestor_check_cancellable(self):
        """Refuse to cancel variants behind the back of their offer.

        :raise UserError: naming the offer
        """
        # sudo: see _gestor_check_editable
        for offer in self.sudo().gestor_offer_id:
            orders = (self & offer.order_ids).filtered(lambda o: o.state != "cancel")
            if offer.state == "realized" and offer.accepted_order_id in orders:
                raise UserError(
                    self.env._(
                        "Offer %(offer)s is realized. Cancel its invoice first.",
                        offer=offer.name,
                    )
                )
            if offer.accepted_order_id in orders:
                offer.accepted_order_id._gestor_check_untouched()
            if orders and offer.state not in (*WON_STATES, "rejected"):
                raise UserError(
                    self.env._(
                        "A variant of offer %(offer)s is not cancelled alone. Remove"
                        " it from the offer or reject the whole offer.",
                        offer=offer.name,
                    )
                )

    def _gestor_check_untouched(self):
        """Refuse to reopen an offer whose order is partly delivered or paid for.

        :raise UserError: naming the offer
        """
        self.ensure_one()
        if any(
            line.is_downpayment and line.qty_invoiced_posted for line in self.order_line
        ):
            raise UserError(
                self.env._(
                    "A down payment for offer %(offer)s is invoiced. Cancel its invoice"
                    " first.",
                    offer=self.gestor_offer_id.name,
                )
            )
        if any(line.qty_delivered > 0 for line in self.order_line):
            raise UserError(
                self.env._(
                    "A part of offer %(offer)s is delivered. Take the goods back"
                    " first.",
                    offer=self.gestor_offer_id.name,
                )
            )
