from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_round

from odoo.addons.gestor_products.lib.fractions import convert

OPEN_STATES = ("draft", "sent")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    gestor_node_ids = fields.Many2many(
        string="Classifiers of the good",
        related="product_id.gestor_node_ids",
        groups="base.group_user",
    )
    gestor_substitute_state = fields.Selection(
        [
            ("offered", "Has substitutes"),
            ("short", "Short, has substitutes"),
            ("archived", "No longer sold, has substitutes"),
        ],
        string="Substitutes",
        compute="_compute_gestor_substitute_state",
        groups="base.group_user",
    )

    @api.depends("product_id", "product_uom_id", "product_uom_qty", "state")
    def _compute_gestor_substitute_state(self):
        self.gestor_substitute_state = False
        lines = self.filtered(lambda line: line.product_id and line._gestor_is_open())
        for order, order_lines in lines.grouped("order_id").items():
            substitutes = order._gestor_substitutes(order_lines.product_id)
            available = order._gestor_available_quantities(order_lines.product_id)
            for line in order_lines:
                if substitutes[line.product_id._origin]:
                    line.gestor_substitute_state = line._get_substitute_state(available)

    @api.constrains("product_id", "product_uom_id", "product_uom_qty")
    def _check_gestor_decimal_places(self):
        rows = self.env["product.uom"]
        for company, lines in self.grouped("company_id").items():
            if found := rows._gestor_too_fine(lines._get_gestor_quantities(), company):
                messages = [rows._gestor_too_fine_message(*row) for row in found]
                raise ValidationError("\n".join(messages))

    @api.onchange("product_id", "product_uom_id", "product_uom_qty")
    def _onchange_gestor_decimal_places(self):
        """Round what was typed, and say so, instead of refusing it on saving."""
        rows = self.env["product.uom"]
        found = rows._gestor_too_fine(self._get_gestor_quantities(), self.company_id)
        if not found:
            return None
        _product, _unit, quantity, places = found[0]
        self.product_uom_qty = float_round(quantity, precision_digits=places)
        return {
            "warning": {
                "title": self.env._("Quantity rounded"),
                "message": rows._gestor_too_fine_message(*found[0]),
            }
        }

    def _get_gestor_quantities(self):
        return [
            (line.product_id._origin, line.product_uom_id._origin, line.product_uom_qty)
            for line in self
        ]

    def action_gestor_substitutes(self):
        """Offer the substitutes of the good, with stock and price."""
        self.ensure_one()
        if not self._gestor_is_open():
            raise UserError(
                self.env._("Goods are replaced on quotations only, not on orders.")
            )
        pick = self.env["gestor.product.substitute.pick"].create(
            {
                "line_id": self.id,
                "option_ids": [
                    Command.create(vals) for vals in self._prepare_option_vals_list()
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Substitutes"),
            "res_model": pick._name,
            "res_id": pick.id,
            "view_mode": "form",
            "target": "new",
        }

    def _prepare_option_vals_list(self):
        """Return the values of the substitutes that may be picked, the best first."""
        order = self.order_id
        options = order._gestor_substitutes(self.product_id)[self.product_id]
        products = self.env["product.product"].union(*(option[0] for option in options))
        available = order._gestor_available_quantities(products)
        quantities = {
            product: self._get_substitute_quantity(product, ratio)
            for product, ratio, _row in options
        }
        return [
            {
                "product_id": product.id,
                "quantity": quantities[product],
                "price_unit": self._get_substitute_price(product, quantities[product]),
                "is_counted": product in available,
                "available": available.get(product, 0),
                "note": row.note,
            }
            for product, _ratio, row in options
        ]

    def _get_substitute_quantity(self, product, ratio):
        """Return the quantity that does the same work, in the unit of a substitute."""
        quantity = self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id, round=False
        )
        pair = (product, product.uom_id)
        places = self.env["product.uom"]._gestor_places([pair], self.company_id)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        # up: the client gets at least as much as was asked for
        return float_round(
            convert(quantity, ratio.numerator, ratio.denominator),
            precision_digits=places.get(pair, digits),
            rounding_method="UP",
        )

    def _get_substitute_price(self, product, quantity):
        """Return the price the line would get for a substitute, by its price list."""
        line = self.new(self._prepare_replacement_vals(product, quantity))
        # on a copy: the order itself must not see the line
        line.order_id = self.order_id.new(origin=self.order_id)
        line._compute_price_unit()
        return line.price_unit

    @api.model
    def _prepare_replacement_vals(self, product, quantity):
        return {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "product_uom_qty": quantity,
        }

    def _gestor_replace_product(self, product, quantity):
        """Put another good on the line, at the price of the price list.

        :param product: what is sold now
        :param float quantity: in the unit of that product
        :raise UserError: if the order is no quotation any more
        """
        self.ensure_one()
        if not self._gestor_is_open():
            raise UserError(
                self.env._("Goods are replaced on quotations only, not on orders.")
            )
        old = self.product_id
        self.write(self._prepare_replacement_vals(product, quantity))
        # a price that was typed for the other good does not stay
        self.with_context(force_price_recomputation=True)._compute_price_unit()
        self.order_id.message_post(
            body=self.env._(
                "%(old)s was replaced by its substitute %(new)s.",
                old=old.display_name,
                new=product.display_name,
            )
        )

    def _gestor_is_open(self):
        return self.order_id.state in OPEN_STATES

    def _get_substitute_state(self, available):
        """Return why a substitute should be looked at.

        :param dict available: quantities of the goods whose stock is counted
        """
        product = self.product_id._origin
        if not product.active:
            return "archived"
        if product not in available:
            return "offered"
        needed = self.product_uom_id._compute_quantity(
            self.product_uom_qty, product.uom_id, round=False
        )
        short = product.uom_id.compare(available[product], needed) < 0
        return "short" if short else "offered"
