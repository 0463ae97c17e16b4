from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import float_compare, float_round
from odoo.tools.misc import formatLang


class PriceSnapshot(NamedTuple):
    """What a line cost at a moment."""

    price: float
    discount: float
    currency: object


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # as ``technical_price_unit`` of the host: what differs from it was set by hand
    gestor_list_discount = fields.Float(digits="Discount")
    gestor_has_price_breaks = fields.Boolean(
        string="Price thresholds",
        help="The client sees the prices at larger quantities below the line.",
    )

    # === Prices at the rate of the offer ===

    def _get_pricelist_kwargs(self):
        kwargs = super()._get_pricelist_kwargs()
        offer = self.order_id._gestor_rated_offer()
        return kwargs | {"gestor_rated_offer": offer} if offer else kwargs

    def _get_display_price(self):
        price = super()._get_display_price()
        if not self.order_id._gestor_rated_offer():
            return price
        return self._gestor_round_price(price)

    def _convert_to_sol_currency(self, amount, currency):
        offer = self.order_id._gestor_rated_offer()
        if offer and currency:
            return offer._convert_price(amount, currency)
        return super()._convert_to_sol_currency(amount, currency)

    @api.depends("order_id.gestor_offer_id.price_rate")
    def _compute_purchase_price(self):
        return super()._compute_purchase_price()

    def _gestor_round_price(self, price):
        """Round a converted price as prices are typed."""
        precision = self.env["decimal.precision"].precision_get("Product Price")
        digits = max(precision, self.currency_id.decimal_places)
        return float_round(price, precision_digits=digits)

    # === Prices set by hand ===

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_discount(self):
        """Remember the discount that the price list gives."""
        result = super()._compute_discount()
        rules = self.env["product.pricelist.item"]
        has_discounts = rules._is_discount_feature_enabled()
        for line in self.filtered("order_id.gestor_offer_id"):
            discount = line.discount if has_discounts else 0.0
            if line.gestor_list_discount != discount:
                line.gestor_list_discount = discount
        return result

    @api.model
    def _add_precomputed_values(self, vals_list):  # pylint: disable=missing-return
        by_list = [vals for vals in vals_list if "discount" not in vals]
        super()._add_precomputed_values(vals_list)
        for vals in by_list:
            vals.setdefault("gestor_list_discount", vals.get("discount") or 0.0)

    def _gestor_is_priced_by_hand(self):
        """Tell whether somebody changed what the price list gives."""
        self.ensure_one()
        if self.display_type or not self.product_id:
            return False
        digits = self.env["decimal.precision"].precision_get("Discount")
        currency = self.currency_id
        return bool(
            currency.compare_amounts(self.technical_price_unit, self.price_unit)
            or float_compare(self.discount, self.gestor_list_discount, digits)
        )

    def _gestor_set_worth(self, worth):
        """Give lines prices that are worth the same in their new currency.

        :param dict worth: ``{line: (price, price of the list)}`` in the company's
            currency
        """
        for line in self:
            offer = line.order_id.gestor_offer_id
            company = line.company_id.currency_id
            price, list_price = (
                line._gestor_round_price(
                    offer._convert_price(amount, company)
                    if offer.price_currency_id
                    else line._convert_to_sol_currency(amount, company)
                )
                for amount in worth[line]
            )
            line.write({"price_unit": price, "technical_price_unit": list_price})

    # === What changed ===

    def _gestor_price_snapshot(self):
        """Return what the lines cost now.

        :rtype: dict[SaleOrderLine, PriceSnapshot]
        """
        return {
            line: PriceSnapshot(line.price_unit, line.discount, line.currency_id)
            for line in self
            if not line.display_type
        }

    def _gestor_price_changes(self, before):
        """Say which lines cost something else than before.

        :param dict before: of :meth:`_gestor_price_snapshot`
        :return: e.g. ``Variant A: Table: 100.00 zł -> 23.51 €``
        :rtype: list[str]
        """
        after = self._gestor_price_snapshot()
        return [
            self.env._(
                "%(variant)s: %(product)s: %(before)s → %(after)s",
                variant=line.order_id.gestor_variant_name,
                product=line.product_id.display_name or line.name,
                before=line._gestor_say_price(before[line]),
                after=line._gestor_say_price(now),
            )
            for line, now in after.items()
            if line in before and now != before[line]
        ]

    def _gestor_say_price(self, snapshot):
        text = formatLang(
            self.env, snapshot.price, dp="Product Price", currency_obj=snapshot.currency
        )
        if not snapshot.discount:
            return text
        percent = formatLang(self.env, snapshot.discount, dp="Discount")
        return f"{text} (\N{MINUS SIGN}{percent}%)"

    # === Rules of price lists ===

    def _gestor_all_pricelists(self):
        """Return the price lists that hold for a line."""
        self.ensure_one()
        if not self.order_id.pricelist_id:
            return self.env["product.pricelist"]
        return self.order_id.pricelist_id | self._gestor_other_pricelists()

    def _gestor_rules_by_pricelist(self):
        """Return the rules that may hold for the lines of an order.

        One query for each price list, however many lines there are.

        :return: ``{pricelist: rules}`` in the order in which they count; also the
            price lists on which rules are based
        """
        self.order_id.ensure_one()
        goods = self.filtered(lambda line: line.product_id and not line.display_type)
        products = goods.product_id
        todo = self.env["product.pricelist"].concat(
            *(line._gestor_all_pricelists() for line in goods)
        )
        found = {}
        while todo:
            pricelist, todo = todo[0], todo[1:]
            if pricelist in found:
                continue
            rules = pricelist._get_applicable_rules(products, self.order_id.date_order)
            found[pricelist] = rules
            todo += rules.filtered(lambda rule: rule.base == "pricelist").mapped(
                "base_pricelist_id"
            )
        return found

    def _gestor_matching_rules(self):
        """Return the rules that give the lines of an order their prices.

        :return: ``{line: [rule of each price list that has one]}``
        """
        if not self:
            return {}
        rules = self._gestor_rules_by_pricelist()
        return {
            line: [
                rule
                for pricelist in line._gestor_all_pricelists()
                for rule in line._gestor_first_rule(
                    rules.get(pricelist, ()), line.product_uom_qty or 1.0
                )
            ]
            for line in self
            if line.product_id and not line.display_type
        }

    def _gestor_first_rule(self, rules, quantity):
        """Return the first of sorted rules that holds for a quantity, or none.

        :param float quantity: in the unit of the line
        """
        uom, product = self.product_uom_id, self.product_id
        quantity = uom._compute_quantity(quantity, product.uom_id, round=False)
        for rule in rules:
            if rule._is_applicable_for(product, quantity):
                return rule
        return self.env["product.pricelist.item"]

    # === Price thresholds ===

    def _gestor_price_steps(self):
        """Return the prices at larger quantities of the lines of an order.

        Lines priced by hand have none, neither have those with one price only.

        :return: ``{line: [(least quantity, net price of one)]}``, in the unit and
            currency of the line, after discounts
        """
        lines = self.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.combo_item_id
                and not line._is_discount_line()
                and not line._gestor_is_priced_by_hand()
            )
        )
        if not lines:
            return {}
        rules = lines._gestor_rules_by_pricelist()
        steps = {line: line._gestor_line_steps(rules) for line in lines}
        return {line: found for line, found in steps.items() if len(found) > 1}

    def _gestor_line_steps(self, rules_by_pricelist):
        steps = []
        for quantity in self._gestor_step_quantities(rules_by_pricelist):
            price = self._gestor_price_at(quantity, rules_by_pricelist)
            if not steps or self.currency_id.compare_amounts(price, steps[-1][1]):
                steps.append((quantity, price))
        return steps

    def _gestor_step_quantities(self, rules_by_pricelist):
        """Return the quantities from which a price may change, in the line's unit."""
        uom, product = self.product_uom_id, self.product_id
        found = {
            product.uom_id._compute_quantity(rule.min_quantity, uom, round=False)
            for rules in rules_by_pricelist.values()
            for rule in rules
            if rule.min_quantity and rule._is_applicable_for(product, rule.min_quantity)
        }
        if not found:
            return []
        if min(found) > 1:
            found.add(1.0)
        return sorted(found)

    def _gestor_price_at(self, quantity, rules_by_pricelist):
        """Return the net price of one at a quantity in the line's unit."""
        line = self.with_company(self.company_id)
        kwargs = line._get_pricelist_kwargs() | {"quantity": quantity}
        product = line.product_id.with_context(**line._get_product_price_context())
        prices = []
        for pricelist in line._gestor_all_pricelists():
            rule = line._gestor_first_rule(rules_by_pricelist[pricelist], quantity)
            if rule or pricelist == line.order_id.pricelist_id:
                prices.append(rule._compute_price(product=product, **kwargs))
        price = line.product_id._get_tax_included_unit_price_from_price(
            min(prices),
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(
                line.company_id
            ),
            fiscal_position=line.order_id.fiscal_position_id,
        )
        return line._gestor_round_price(price)
