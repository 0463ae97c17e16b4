from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_round

from ..lib.fractions import LIMIT, FractionError, convert, from_decimal, make_fraction


class UomUom(models.Model):
    """A unit whose content is an exact fraction of its reference unit."""

    _name = "uom.uom"
    _inherit = ["uom.uom", "gestor.decimal.places.mixin"]

    # not prefixed: the names are part of the family's public interface
    factor_num = fields.Integer(
        string="Numerator",
        compute="_compute_factor_fraction",
        store=True,
        readonly=False,
        help="How much this unit contains of its reference unit, above the line: "
        "1 / 3 for one piece of a pack of three. Filled in for decimal quantities.",
    )
    factor_den = fields.Integer(
        string="Denominator",
        compute="_compute_factor_fraction",
        store=True,
        readonly=False,
        help="The same, below the line.",
    )

    _factor_fraction_positive = models.Constraint(
        "CHECK ((factor_num > 0 AND factor_den > 0)"
        " OR (factor_num = 0 AND factor_den = 0))",
        "Numerator and denominator of a unit must be positive.",
    )

    @api.depends("relative_factor")
    def _compute_factor_fraction(self):
        for unit in self:
            num, den = unit.factor_num, unit.factor_den
            if den and num / den == unit.relative_factor:
                # the factor was made of this fraction
                continue
            ratio = from_decimal(unit.relative_factor)
            unit.factor_num = ratio.numerator if ratio else 0
            unit.factor_den = ratio.denominator if ratio else 0

    @api.onchange("factor_num", "factor_den")
    def _onchange_factor_fraction(self):
        if self.factor_num > 0 and self.factor_den > 0:
            self.relative_factor = self.factor_num / self.factor_den

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [vals | self._prepare_fraction_vals(vals) for vals in vals_list]
        )

    def write(self, vals):
        if vals.keys().isdisjoint(("factor_num", "factor_den")):
            return super().write(vals)
        for unit in self:
            super(UomUom, unit).write(vals | unit._prepare_fraction_vals(vals))
        return True

    @api.model
    def _prepare_fraction_vals(self, vals):
        """Return the fraction and the factor it makes for values that name a fraction.

        :raise ValidationError: if it is not one; the message says why
        """
        names = {"factor_num", "factor_den"} & vals.keys()
        if not names:
            return {}
        num = vals.get("factor_num", self.factor_num or 1) or 0
        den = vals.get("factor_den", self.factor_den or 1) or 0
        if not (num or den) and "relative_factor" in vals:
            # a form says so of a factor that is no fraction
            return {}
        try:
            ratio = make_fraction(num, den)
        except FractionError as error:
            raise self._fraction_error(error, num, den) from error
        return {
            "factor_num": ratio.numerator,
            "factor_den": ratio.denominator,
            "relative_factor": ratio.numerator / ratio.denominator,
        }

    def _fraction_error(self, error, num, den):
        if error.reason == "size":
            return ValidationError(
                self.env._(
                    "The fraction %(num)s / %(den)s is too large: a numerator or "
                    "denominator may be at most %(limit)s.",
                    num=num,
                    den=den,
                    limit=LIMIT,
                )
            )
        return ValidationError(
            self.env._(
                "The fraction %(num)s / %(den)s is not possible: numerator and "
                "denominator must be whole numbers greater than zero.",
                num=num,
                den=den,
            )
        )

    def _get_gestor_factor(self):
        """Return how much of the topmost unit one of this unit is.

        :rtype: Fraction or None
        """
        ratio, unit = Fraction(1), self
        while unit:
            if not unit.factor_den:
                return None
            ratio *= Fraction(unit.factor_num, unit.factor_den)
            unit = unit.relative_uom_id
        return ratio

    def _get_gestor_ratio(self, to_unit):
        """Return how much of another unit one of this unit is, exactly.

        :rtype: Fraction or None
        """
        ours = self._get_gestor_factor()
        theirs = to_unit._get_gestor_factor() if ours else None
        return ours / theirs if theirs else None

    def _compute_quantity(
        self, qty, to_unit, round=True, rounding_method="UP", raise_if_failure=True
    ):
        ratio = None
        if self and qty and to_unit and self != to_unit:
            ratio = self.ensure_one()._get_gestor_ratio(to_unit)
        if ratio is None:
            return super()._compute_quantity(
                qty, to_unit, round, rounding_method, raise_if_failure
            )
        amount = convert(qty, ratio)
        if round:
            amount = float_round(
                amount,
                precision_rounding=to_unit.rounding,
                rounding_method=rounding_method,
            )
        return amount

    def _compute_price(self, price, to_unit):
        ratio = None
        if price and to_unit and self != to_unit:
            ratio = to_unit._get_gestor_ratio(self)
        if ratio is None:
            return super()._compute_price(price, to_unit)
        return convert(price, ratio)
