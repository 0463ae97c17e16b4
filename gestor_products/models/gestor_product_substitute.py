from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class GestorProductSubstitute(models.Model):
    """What is sold instead of a good that is short or no longer sold."""

    _name = "gestor.product.substitute"
    _description = "Substitute"
    _order = "sequence, id"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product",
        string="Good",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    substitute_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    sequence = fields.Integer(
        string="Priority", default=10, help="The lowest number is offered first."
    )
    ratio_num = fields.Integer(
        string="Quantity of the substitute",
        required=True,
        default=1,
        help="So much of the substitute, in its unit...",
    )
    ratio_den = fields.Integer(
        string="Quantity of the good",
        required=True,
        default=1,
        help="...stands for so much of the good, in its unit.",
    )
    is_both_ways = fields.Boolean(
        string="Both ways", help="The good is a substitute of its substitute too."
    )
    note = fields.Char(translate=True)
    date_start = fields.Date(string="Valid from")
    date_end = fields.Date(string="Valid to")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")

    _other_good = models.Constraint(
        "CHECK (product_id != substitute_id)", "A good is no substitute of itself."
    )
    _ratio_positive = models.Constraint(
        "CHECK (ratio_num > 0 AND ratio_den > 0)",
        "The quantities of a substitute must be positive.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_start <= date_end)",
        "A substitute must be valid from a day before the last one.",
    )
    _pair_unique = models.UniqueIndex(
        "(product_id, substitute_id, COALESCE(company_id, 0)) WHERE active",
        lambda env, diag: env._("This substitute of the good is there already."),
    )

    @api.depends("product_id", "substitute_id", "is_both_ways")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " ".join(
                [
                    row.product_id.display_name or "",
                    "⇄" if row.is_both_ways else "→",
                    row.substitute_id.display_name or "",
                ]
            )

    @api.constrains(
        "product_id", "substitute_id", "is_both_ways", "company_id", "active"
    )
    def _check_reverse(self):
        """Refuse a pair that a row for both ways says already."""
        rows = self.filtered("active")
        reverse = self.search(
            Domain("product_id", "in", rows.substitute_id.ids)
            & Domain("substitute_id", "in", rows.product_id.ids)
        )
        pairs = {
            (row.substitute_id, row.product_id, row.company_id): row for row in reverse
        }
        for row in rows:
            other = pairs.get((row.product_id, row.substitute_id, row.company_id))
            if other and (row.is_both_ways or other.is_both_ways):
                raise ValidationError(
                    self.env._(
                        "%(substitute)s says the same already.",
                        substitute=other.display_name,
                    )
                )

    def copy_data(self, default=None):
        # a copy of an active row would be the same pair once more
        return [vals | {"active": False} for vals in super().copy_data(default)]

    @api.model
    def _gestor_substitutes(self, products, company, date=None):
        """Return what may be sold instead of goods, the best first.

        :param products: ``product.product``
        :param company: the company that sells
        :param date: the day of the sale, today without it
        :return: ``{product: [(substitute, ratio, row)]}``; ``ratio`` is a ``Fraction``:
            so much of the substitute for one of the good, in the units of the two
        :rtype: dict
        """
        date = date or fields.Date.context_today(self)
        ways = Domain("product_id", "in", products.ids) | (
            Domain("substitute_id", "in", products.ids)
            & Domain("is_both_ways", "=", True)
        )
        rows = self.search(
            ways
            & Domain("company_id", "in", [False, *company.parent_ids.ids])
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", date))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", date))
        )
        found = {product: [] for product in products}
        for row in rows:
            for product, substitute, ratio in row._get_ways():
                if product in found and substitute.active:
                    found[product].append((substitute, ratio, row))
        return {
            product: _without_doubles(options) for product, options in found.items()
        }

    @api.model
    def _gestor_counts(self, products):
        """Return how many substitutes goods have, whatever day it is.

        :return: ``{product: number}``, also for goods that have none
        :rtype: dict
        """
        counts = dict.fromkeys(products, 0)
        for name, domain in (
            ("product_id", Domain.TRUE),
            ("substitute_id", Domain("is_both_ways", "=", True)),
        ):
            domain &= Domain(name, "in", products.ids)
            for product, count in self._read_group(domain, [name], ["__count"]):
                counts[product] += count
        return counts

    @api.model
    def _gestor_open(self, products):
        """Return the action with the substitutes of goods."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_products.gestor_product_substitute_action"
        )
        return action | {
            "domain": [
                "|",
                ("product_id", "in", products.ids),
                "&",
                ("substitute_id", "in", products.ids),
                ("is_both_ways", "=", True),
            ],
            "context": {"default_product_id": products[:1].id},
        }

    def _get_ways(self):
        """Return ``(good, substitute, ratio)`` for each way of a row."""
        ratio = Fraction(self.ratio_num, self.ratio_den)
        ways = [(self.product_id, self.substitute_id, ratio)]
        if self.is_both_ways:
            ways.append((self.substitute_id, self.product_id, 1 / ratio))
        return ways


def _without_doubles(options):
    """Keep the first row of each substitute: a company may repeat a common one."""
    first = {}
    for option in options:
        first.setdefault(option[0], option)
    return list(first.values())
