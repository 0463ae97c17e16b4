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


def convert(value, ratio):
    """Multiply a float by a ratio and round once, to the nearest float.

    :param float value: a quantity or a price
    :param Fraction ratio: how much one unit is of the other
    :rtype: float

    >>> third = Fraction(1, 3)
    >>> convert(3, third), convert(convert(1.0, third), 1 / third)
    (1.0, 1.0)
    >>> convert(0.1, Fraction(3))
    0.3
    """
    if not math.isfinite(value):
        return value * float(ratio)
    numerator, denominator = simplest(value)
    return numerator * ratio.numerator / (denominator * ratio.denominator)
