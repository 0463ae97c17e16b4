from odoo import models
from odoo.exceptions import UserError

from .sale_order_line import QUANTITIES


class SaleOrder(models.Model):
    """Realizes accepted variants through the host's own flows."""

    _inherit = "sale.order"

    # === How far it is ===

    def _gestor_get_realization_degree(self, realized_by):
        """Return how far the goods of the order are realized.

        :param str realized_by: "invoice", "delivery" or "any"
        :rtype: str
        :return: "none", "part" or "full"
        """
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: line._gestor_is_goods())
        done = [line._gestor_get_realized_quantity(realized_by) for line in lines]
        if all(quantity <= 0 for quantity in done):
            return "none"
        is_full = all(
            line.product_uom_id.compare(quantity, line.product_uom_qty) >= 0
            for line, quantity in zip(lines, done, strict=True)
        )
        return "full" if is_full else "part"

    def _gestor_get_open_lines(self, kind):
        """Return the open quantities of the lines.

        :param str kind: "invoice" or "delivery"
        :return: ``{line: quantity}``, only what is open
        :rtype: dict
        """
        found = {line: line._gestor_get_open_quantity(kind) for line in self.order_line}
        return {
            line: quantity
            for line, quantity in found.items()
            if line.product_uom_id and not line.product_uom_id.is_zero(quantity)
        }

    def _gestor_check_cancellable(self):
        """Say what has to be taken back where the goods realized the offer."""
        for offer in self.sudo().gestor_offer_id:  # sudo: as the original does
            by_invoice = offer.offer_type_id.realized_by in (False, "invoice")
            if offer.state == "realized" and not by_invoice:
                (offer.accepted_order_id & self)._gestor_check_all_untouched()
        return super()._gestor_check_cancellable()

    def _gestor_check_all_untouched(self):
        for order in self:
            order._gestor_check_untouched()

    # === Checks ===

    def _gestor_get_realization_problems(self, lines):
        """Return why documents cannot be made of the order.

        :param lines: the lines that are to be realized
        :rtype: list[str]
        """
        self.ensure_one()
        problems = []
        # sudo: archived clients may be closed to the user; only the name is told
        client = self.partner_id.sudo().commercial_partner_id
        if not client.active or not self.partner_id.active:
            problems.append(
                self.env._(
                    "Client %(client)s is archived. Restore the client or merge it with"
                    " the one that is in use.",
                    client=self.partner_id.sudo().display_name,  # sudo: as above
                )
            )
        archived = lines.product_id.filtered(lambda product: not product.active)
        if archived:
            problems.append(
                self.env._(
                    "Archived meanwhile: %(products)s",
                    products=", ".join(archived.mapped("display_name")),
                )
            )
        return problems

    def _gestor_get_quantity_problems(self, kind, quantities):
        """Return what is wrong with chosen quantities.

        :param str kind: "invoice" or "delivery"
        :param dict quantities: ``{line id: quantity}``
        :rtype: list[str]
        """
        self.ensure_one()
        problems = []
        for line in self.order_line.filtered(lambda line: line.id in quantities):
            quantity = quantities[line.id]
            left = line._gestor_get_open_quantity(kind)
            if quantity < 0:
                problems.append(
                    self.env._(
                        "%(product)s: the quantity is negative.",
                        product=line.product_id.display_name,
                    )
                )
            elif line.product_uom_id.compare(quantity, left) > 0:
                problems.append(
                    self.env._(
                        "%(product)s: %(wanted)g wanted, only %(open)g open.",
                        product=line.product_id.display_name,
                        wanted=quantity,
                        open=left,
                    )
                )
        if set(quantities) - set(self.order_line.ids):
            problems.append(self.env._("A line was removed meanwhile. Open it anew."))
        if all(quantity <= 0 for quantity in quantities.values()):
            problems.append(
                self.env._("Nothing is left to invoice.")
                if kind == "invoice"
                else self.env._("Nothing is left to deliver.")
            )
        return problems

    # === Documents ===

    def _gestor_make_invoices(self, quantities):
        """Invoice chosen quantities of orders, one invoice for each client.

        :param dict quantities: ``{line id: quantity}``
        :rtype: account.move
        """
        orders = self.with_context(**{QUANTITIES: quantities})
        return orders._create_invoices(final=True).with_context(**{QUANTITIES: None})

    def _get_invoiceable_lines(self, final=False):
        """Leave out the lines that were not chosen, and sections without lines."""
        lines = super()._get_invoiceable_lines(final)
        quantities = self.env.context.get(QUANTITIES)
        if quantities is None:
            return lines
        kept, has_goods = self.env["sale.order.line"], False
        for line in reversed(lines):
            if line.display_type in ("line_section", "line_subsection"):
                if has_goods:
                    kept |= line
                # a section stays as long as one of its parts does
                has_goods = has_goods and line.display_type == "line_subsection"
            elif line.display_type or line.is_downpayment or quantities.get(line.id):
                kept |= line
                has_goods = has_goods or not line.display_type
        return lines & kept

    def _gestor_make_advance(self, percent=0.0, amount=0.0):
        """Make the invoice of a down payment, as a part of the value or an amount.

        :raise UserError: if there is less left to pay
        :rtype: account.move
        """
        self.ensure_one()
        wanted = amount or self.amount_total * percent / 100
        left = self.amount_total - self.amount_invoiced
        if self.currency_id.compare_amounts(wanted, 0) <= 0 or percent > 100:
            raise UserError(
                self.env._("A down payment is more than 0 and at most 100 %.")
            )
        if self.currency_id.compare_amounts(wanted, left) > 0:
            raise UserError(
                self.env._(
                    "%(order)s: a down payment of %(wanted)s is more than the"
                    " %(left)s still to be invoiced.",
                    order=self.name,
                    wanted=self.currency_id.format(wanted),
                    left=self.currency_id.format(left),
                )
            )
        dialog = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": self.ids,
                "advance_payment_method": "fixed" if amount else "percentage",
                "amount": percent,
                "fixed_amount": amount,
            }
        )
        return dialog._create_invoices(self)

    def _gestor_deliver(self, quantities):
        """Deliver chosen quantities; a hook for goods that have a stock.

        :param dict quantities: ``{line id: quantity}``
        :return: the documents of the delivery
        """
        self.ensure_one()
        for line in self.order_line:
            if quantities.get(line.id) and line.qty_delivered_method == "manual":
                line.qty_delivered += quantities[line.id]
        return self
