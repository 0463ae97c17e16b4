from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class GestorOfferMakePricelist(models.TransientModel):
    _name = "gestor.offer.make.pricelist"
    _description = "Make A Price List From An Offer"

    offer_id = fields.Many2one(
        "gestor.offer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_id.company_id")
    currency_id = fields.Many2one(related="order_id.currency_id")
    order_id = fields.Many2one(
        "sale.order",
        string="Variant",
        required=True,
        domain="[('gestor_offer_id', '=', offer_id)]",
        compute="_compute_order_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price list to update",
        domain="[('currency_id', '=', currency_id),"
        " ('company_id', 'in', (False, company_id))]",
        compute="_compute_pricelist_id",
        store=True,
        readonly=False,
        help="Empty: a new one is made.",
    )
    name = fields.Char(
        string="Name of the new price list",
        compute="_compute_name",
        store=True,
        readonly=False,
    )
    date_start = fields.Date(
        string="In force from",
        compute="_compute_dates",
        store=True,
        readonly=False,
    )
    date_end = fields.Date(
        string="In force until",
        compute="_compute_dates",
        store=True,
        readonly=False,
    )
    has_quantities = fields.Boolean(
        string="From the offered quantities",
        help="The price holds from the quantity of the line; otherwise for any.",
    )
    assignment = fields.Selection(
        [
            ("none", "No client"),
            ("additional", "Additional price list of the client"),
            ("main", "Price list of the client"),
        ],
        string="Give it to",
        default="additional",
        required=True,
        help="Beside the price list of the client the additional one holds: the lower"
        " price is taken.",
    )
    current_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="The client has now",
        compute="_compute_current_pricelist_id",
    )

    @api.depends("offer_id")
    def _compute_order_id(self):
        for wizard in self:
            wizard.order_id = wizard.offer_id._get_counting_order()

    @api.depends("offer_id", "order_id")
    def _compute_pricelist_id(self):
        for wizard in self:
            made = wizard.offer_id.made_pricelist_id
            # of another currency: the offer has got another one since
            wizard.pricelist_id = made.filtered(
                lambda item, wizard=wizard: item.currency_id == wizard.currency_id
            )

    @api.depends("offer_id")
    def _compute_name(self):
        for wizard in self:
            offer = wizard.offer_id
            wizard.name = f"{offer.partner_id.commercial_partner_id.name} {offer.name}"

    @api.depends("offer_id")
    def _compute_dates(self):
        for wizard in self:
            wizard.date_start = wizard.offer_id.date_from
            wizard.date_end = wizard.offer_id.date_to

    @api.depends("offer_id", "assignment")
    def _compute_current_pricelist_id(self):
        for wizard in self:
            client = wizard._get_client()
            wizard.current_pricelist_id = {
                "additional": client.gestor_pricelist_id,
                "main": client.property_product_pricelist,
            }.get(wizard.assignment)

    # === Actions ===

    def action_make(self):
        """Make or update the price list, give it to the client and open it.

        A second run with the same price list changes its rules and doubles none.

        :raise UserError: if there is nothing to price or the currency is another
        """
        self.ensure_one()
        self._check_order()
        pricelist = self.pricelist_id
        if not pricelist:
            pricelist = self.env["product.pricelist"].create(
                self._prepare_pricelist_vals()
            )
        self._update_rules(pricelist)
        self._assign(pricelist)
        # sudo: the offer of a client may be closed to changes, this is no content of it
        self.offer_id.sudo().made_pricelist_id = pricelist
        return {
            "type": "ir.actions.act_window",
            "res_model": "product.pricelist",
            "res_id": pricelist.id,
            "view_mode": "form",
        }

    # === Helpers ===

    def _get_client(self):
        """Return whose price list it is: the firm, its contacts buy at its prices."""
        self.ensure_one()
        client = self.offer_id.partner_id.commercial_partner_id
        return client.with_company(self.company_id)

    def _check_order(self):
        if self.order_id.gestor_offer_id != self.offer_id:
            raise UserError(self.env._("Choose a variant of the offer."))
        if self.pricelist_id and self.pricelist_id.currency_id != self.currency_id:
            raise UserError(
                self.env._(
                    "Price list %(list)s is in %(currency)s, the offer is not.",
                    list=self.pricelist_id.name,
                    currency=self.pricelist_id.currency_id.name,
                )
            )
        if not self._get_lines():
            raise UserError(self.env._("The variant has no lines with a product."))
        if self.date_start and self.date_end and self.date_end < self.date_start:
            raise UserError(self.env._("The period ends before it begins."))

    def _get_lines(self):
        """Return the lines that have a price of their own."""
        return self.order_id.order_line.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.is_downpayment
                and not line._is_discount_line()
                and not line.combo_item_id
                and line.product_type != "combo"
            )
        )

    def _prepare_pricelist_vals(self):
        """Return the values of a new price list."""
        return {
            "name": self.name or self.offer_id.name,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
        }

    def _prepare_rules(self):
        """Return what the rules should be, one for each product and least quantity.

        Of two lines with the same goods the lower price counts.

        :return: ``{(product, least quantity): values}``
        """
        rules = {}
        date_start, date_end = self._get_period()
        for line in self._get_lines():
            product = line.product_id
            price = line.product_uom_id._compute_price(
                line.price_unit * (1 - line.discount / 100), product.uom_id
            )
            price = line._gestor_round_price(price)
            quantity = self.has_quantities and line.product_uom_id._compute_quantity(
                line.product_uom_qty, product.uom_id
            )
            key = (product, quantity or 0.0)
            if key in rules and rules[key]["fixed_price"] <= price:
                continue
            rules[key] = {
                "applied_on": "0_product_variant",
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "min_quantity": key[1],
                "compute_price": "fixed",
                "fixed_price": price,
                "date_start": date_start,
                "date_end": date_end,
            }
        return rules

    def _get_period(self):
        """Return the first and the last moment of the validity, in UTC."""
        zone = self.company_id._gestor_timezone()

        def to_utc(day, moment):
            local = zone.localize(datetime.combine(day, moment))
            return local.astimezone(pytz.utc).replace(tzinfo=None)

        last = time(23, 59, 59)
        return (
            self.date_start and to_utc(self.date_start, time.min),
            self.date_end and to_utc(self.date_end, last),
        )

    def _update_rules(self, pricelist):
        """Write the rules: those there are change, the others are added."""
        present = pricelist.item_ids.filtered(
            lambda rule: (
                rule.applied_on == "0_product_variant" and rule.compute_price == "fixed"
            )
        )
        new = []
        for (product, quantity), vals in self._prepare_rules().items():
            same = present.filtered(
                lambda rule, product=product, quantity=quantity, vals=vals: (
                    rule.product_id == product
                    and not float_compare(rule.min_quantity, quantity, 6)
                    and self._is_overlapping(rule, vals)
                )
            )
            if same:
                same[:1].write(vals)
                # else a rule of an earlier run would hold beside this one
                same[1:].unlink()
            else:
                new.append({**vals, "pricelist_id": pricelist.id})
        self.env["product.pricelist.item"].create(new)

    @api.model
    def _is_overlapping(self, rule, vals):
        """Tell whether a rule is in force in a part of the period of new values."""
        start, end = vals["date_start"], vals["date_end"]
        begins_later = rule.date_start and end and rule.date_start > end
        ended_before = rule.date_end and start and rule.date_end < start
        return not (begins_later or ended_before)

    def _assign(self, pricelist):
        """Give the price list to the client."""
        client = self._get_client()
        if self.assignment == "additional":
            client.gestor_pricelist_id = pricelist
        elif self.assignment == "main":
            client.specific_property_product_pricelist = pricelist
