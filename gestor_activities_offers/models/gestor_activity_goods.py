from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class GestorActivityGoods(models.Model):
    """Goods or a service needed in an activity, and how much of it is in documents."""

    _name = "gestor.activity.goods"
    _description = "Goods Of An Activity"
    _order = "activity_id, sequence, id"
    _rec_name = "product_id"

    activity_id = fields.Many2one(
        "gestor.activity", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="activity_id.company_id")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('sale_ok', '=', True), ('company_id', 'in', (company_id, False))]",
    )
    quantity = fields.Float(default=1.0, digits="Product Unit", required=True)
    allowed_uom_ids = fields.Many2many("uom.uom", compute="_compute_allowed_uom_ids")
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        domain="[('id', 'in', allowed_uom_ids)]",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    price_unit = fields.Float(
        string="Net price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Price",
    )
    list_price_unit = fields.Float(
        string="Price of the price list",
        compute="_compute_price_unit",
        store=True,
        precompute=True,
        digits="Product Price",
    )
    note = fields.Char(string="Comment")
    order_line_ids = fields.One2many(
        "sale.order.line", "gestor_activity_goods_id", string="Lines of documents"
    )
    documented_at = fields.Datetime(readonly=True, copy=False)
    ordered_quantity = fields.Float(
        string="In documents", digits="Product Unit", compute="_compute_quantities"
    )
    open_quantity = fields.Float(
        string="Open", digits="Product Unit", compute="_compute_quantities"
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of goods must be more than 0."
    )

    # === Computes and constraints ===

    @api.depends("product_id")
    def _compute_allowed_uom_ids(self):
        for line in self:
            line.allowed_uom_ids = line.product_id.uom_id | line.product_id.uom_ids

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            if not line.uom_id or line.uom_id not in line.allowed_uom_ids:
                line.uom_id = line.product_id.uom_id

    @api.depends("activity_id.partner_id", "activity_id.company_id")
    def _compute_currency_id(self):
        for line in self:
            company = line.activity_id.company_id or self.env.company
            # sudo: the currency of a price list is no secret of the sales people
            pricelist = line.activity_id._get_goods_pricelist().sudo()
            # sudo: nor is that of a company
            line.currency_id = pricelist.currency_id or company.sudo().currency_id

    @api.depends("product_id", "uom_id", "quantity", "activity_id.partner_id")
    def _compute_price_unit(self):
        """Take the price of the client's price list; one typed by hand stays."""
        for line in self:
            price = line._get_list_price()
            is_other = line._origin.product_id != line.product_id
            if is_other or line.price_unit == line.list_price_unit:
                line.price_unit = price
            line.list_price_unit = price

    @api.depends("quantity", "uom_id", "order_line_ids.product_uom_qty")
    def _compute_quantities(self):
        ordered = self._get_ordered()
        for line in self:
            line.ordered_quantity = ordered[line._origin.id]
            rest = line.quantity - line.ordered_quantity
            is_open = line.uom_id and line.uom_id.compare(rest, 0) > 0
            line.open_quantity = rest if is_open else 0.0

    @api.constrains("product_id", "uom_id")
    def _check_uom(self):
        for line in self:
            if not line.uom_id._has_common_reference(line.product_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is not sold in %(unit)s.",
                        product=line.product_id.display_name,
                        unit=line.uom_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_documented(self):
        used = self.filtered("ordered_quantity")
        if used:
            raise ValidationError(
                self.env._(
                    "%(product)s is in a document already. Cancel that first.",
                    product=used[0].product_id.display_name,
                )
            )

    # === Helpers ===

    def _get_list_price(self):
        """Return the price of the client's price list in the currency of the line."""
        self.ensure_one()
        if not self.product_id:
            return 0.0
        # sudo: who plans the work may not read price lists, but plans with prices
        pricelist = self.activity_id._get_goods_pricelist().sudo()
        # sudo: nor the costs that a price list may begin with
        product = self.product_id.sudo().with_company(self.activity_id.company_id)
        currency = self.currency_id
        if not pricelist:
            price = product.uom_id._compute_price(product.lst_price, self.uom_id)
            company = self.activity_id.company_id or self.env.company
            return product.currency_id._convert(price, currency, company)
        return pricelist._get_product_price(
            product,
            self.quantity or 1.0,
            currency=currency,
            uom=self.uom_id,
            date=fields.Datetime.now(),
        )

    def _get_ordered(self):
        """Return how much of these goods is in documents, in their own units.

        Cancelled documents do not count, nor do expired offers. Of the variants of an
        offer one counts: the accepted, else the proposed one.
        """
        domain = Domain("gestor_activity_goods_id", "in", self.ids)
        domain &= Domain("order_id.state", "!=", "cancel")
        domain &= (
            Domain("order_id.gestor_offer_id", "=", False)
            | Domain("order_id.state", "=", "sale")
            | (
                Domain("order_id.gestor_is_proposed", "=", True)
                & Domain("order_id.gestor_offer_id.state", "!=", "expired")
            )
        )
        ordered = defaultdict(float)
        # sudo: documents of other people take the goods, too
        lines = self.env["sale.order.line"].sudo()
        for goods, uom, quantity in lines._read_group(
            domain,
            ["gestor_activity_goods_id", "product_uom_id"],
            ["product_uom_qty:sum"],
        ):
            ordered[goods.id] += uom._compute_quantity(
                quantity, goods.uom_id, rounding_method="HALF-UP"
            )
        return ordered

    def _lock_open(self):
        """Return the goods that are still open, for one transaction at a time.

        Who comes second waits, is repeated by the host, and finds them taken.
        """
        # sudo: the mark is no change of the activity by the user
        self.sudo().documented_at = fields.Datetime.now()
        self.flush_recordset(["documented_at"])
        self.invalidate_recordset(["open_quantity", "ordered_quantity"])
        return self.filtered("open_quantity")

    def _prepare_order_line_vals(self, currency):
        """Return the values of the line that takes what is open.

        :param currency: of the order
        """
        self.ensure_one()
        price = self.currency_id._convert(
            self.price_unit,
            currency,
            self.activity_id.company_id,
            round=False,
        )
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.open_quantity,
            "product_uom_id": self.uom_id.id,
            "price_unit": price,
            "gestor_activity_goods_id": self.id,
        }
