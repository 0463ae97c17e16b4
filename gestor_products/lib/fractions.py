"""Unit conversion with exact fractions instead of binary floats.

The host keeps how much one unit contains of another as a float; one third is not one.
Here the ratio of two units is a fraction, and a quantity is read as the simplest
fraction that the float stands for. One third of a pack is therefore one piece, and
converting there and back gives what was put in, however often.
"""

import math
from fractions import Fraction

# what an integer column holds
LIMIT = 2**31 - 1
# Every float has a convergent whose numerator times denominator is about 2**53, the
# precision of a float. A much smaller one is the fraction that somebody meant.
MEANINGFUL = 2**48


class FractionError(ValueError):
    """Numerator and denominator that make no ratio of two units.

    :ivar str reason: ``"sign"`` (not positive) or ``"size"`` (does not fit a column)
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def make_fraction(numerator, denominator):
    """Return a ratio of two units as it was typed, in lowest terms.

    :param int numerator: how many of the other unit
    :param int denominator: are in so many of this one
    :rtype: Fraction
    :raise FractionError: if one of them is not positive or does not fit a column

    >>> make_fraction(2, 6)
    Fraction(1, 3)
    >>> make_fraction(1, 0)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    FractionError: sign
    """
    if numerator <= 0 or denominator <= 0:
        raise FractionError("sign")
    if max(numerator, denominator) > LIMIT:
        raise FractionError("size")
    return Fraction(numerator, denominator)


def from_decimal(factor):
    """Return the fraction that a factor says with its decimal digits, if it fits.

    Nothing is guessed: 0.3333 is 3333/10000, not one third.

    :param float factor: what the host keeps
    :rtype: Fraction or None

    >>> from_decimal(12.0), from_decimal(0.001)
    (Fraction(12, 1), Fraction(1, 1000))
    >>> from_decimal(1 / 3) is None, from_decimal(-2.0) is None
    (True, True)
    """
    if not math.isfinite(factor):
        return None
    ratio = Fraction(repr(factor))
    try:
        return make_fraction(ratio.numerator, ratio.denominator)
    except FractionError:
        return None


def simplest(value):
    """Return the fraction that a float stands for, as two integers.

    That is the first convergent of its continued fraction which is the same float,
    if it is short enough to be no accident, else the binary value itself.

    :param float value: finite
    :return: numerator (with the sign) and denominator
    :rtype: tuple[int, int]

    >>> simplest(0.1), simplest(1 / 3), simplest(-2.5), simplest(1 / 49)
    ((1, 10), (1, 3), (-5, 2), (1, 49))
    >>> simplest(0.7071067811865476) == (0.7071067811865476).as_integer_ratio()
    True
    """
    if value == int(value):
        return int(value), 1
    size = abs(value)
    left, right = size.as_integer_ratio()
    num, den, last_num, last_den = 1, 0, 0, 1
    while right:
        whole, rest = divmod(left, right)
        num, last_num = whole * num + last_num, num
        den, last_den = whole * den + last_den, den
        if num * den > MEANINGFUL:
            break
        if num / den == size:
            return (num if value > 0 else -num), den
        left, right = right, rest
    return value.as_integer_ratio()


def convert(value, numerator, denominator):
    """Multiply a float by a ratio and round once, to the nearest float.

    :param float value: a quantity or a price
    :param int numerator: how much one unit is of the other, above the line
    :param int denominator: below it
    :rtype: float

    >>> convert(3, 1, 3), convert(convert(1.0, 1, 3), 3, 1)
    (1.0, 1.0)
    >>> convert(0.1, 3, 1)
    0.3
    """
    if not math.isfinite(value):
        return value * (numerator / denominator)
    above, below = simplest(value)
    return above * numerator / (below * denominator)


def common_parts(ratios, digits):
    """Return into how many equal parts a unit falls that decimals cannot hold.

    :param list[Fraction] ratios: how much of the unit some other units are
    :param int digits: with how many decimal places the unit is kept
    :return: the number of parts; 0 if decimals hold them all, or could not tell one
        part from the next
    :rtype: int

    >>> common_parts([Fraction(1, 3), Fraction(1, 2), Fraction(12)], 2)
    3
    >>> common_parts([Fraction(1, 4)], 2), common_parts([Fraction(1, 300)], 2)
    (0, 0)
    """
    steps = 10**digits
    parts = math.lcm(*(r.denominator for r in ratios if steps % r.denominator))
    return parts if 1 < parts <= steps // 4 else 0


def nearest_part(quantity, parts, digits):
    """Return a quantity that was rounded piece by piece as rounded only once.

    What is farther from a whole number of parts than such rounding carries it is
    somebody's own decimal number, and stays.

    :param float quantity: with ``digits`` decimal places
    :param int parts: into which one unit falls, see :func:`common_parts`
    :param int digits: with how many decimal places the unit is kept
    :rtype: float

    >>> nearest_part(0.34, 3, 2), nearest_part(0.01, 3, 2), nearest_part(-0.66, 3, 2)
    (0.33, 0.0, -0.67)
    >>> nearest_part(0.5, 3, 2)
    0.5
    """
    exact = Fraction(round(quantity * parts), parts)
    if abs(quantity - exact) > 1.001 / 10**digits:
        return quantity
    return float(round(exact, digits))
