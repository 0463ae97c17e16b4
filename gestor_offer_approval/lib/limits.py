"""How far a variant goes beyond the limits of a company: plain numbers, no ORM."""

#: kinds of limits that are broken by being too low; the others by being too high
FLOORS = frozenset({"margin"})
PLACES = 2


def get_line_discount(price, list_price, discount):
    """Return what is taken off a line, in percent of the higher of two prices.

    A price lowered by hand is a discount as well.

    :param float price: what the line asks for one unit, before its discount
    :param float list_price: what the price list asked for one unit
    :param float discount: the discount of the line in percent

    >>> get_line_discount(100, 100, 12.5)
    12.5
    >>> get_line_discount(90, 100, 10)
    19.0
    >>> get_line_discount(120, 100, 10)
    10.0
    >>> get_line_discount(0, 100, 0)
    100.0
    >>> get_line_discount(-50, 0, 0)
    0.0
    """
    base = max(price, list_price)
    if base <= 0:
        return 0.0
    return round(100 * (1 - price * (1 - discount / 100) / base), PLACES)


def get_variant_discount(lines):
    """Return what is taken off a whole variant, in percent of its undiscounted value.

    Lines with a negative price, as of a discount for the whole order, count.

    :param lines: ``(quantity, price, list price, discount)`` of each line

    >>> get_variant_discount([(1, 100, 100, 20), (1, 100, 100, 0)])
    10.0
    >>> get_variant_discount([(2, 100, 100, 0), (1, -50, 0, 0)])
    25.0
    >>> get_variant_discount([])
    0.0
    """
    before = after = 0.0
    for quantity, price, list_price, discount in lines:
        after += quantity * price * (1 - discount / 100)
        base = max(price, list_price)
        if base > 0 and quantity > 0:
            before += quantity * base
    if before <= 0:
        return 0.0
    return round(100 * (1 - after / before), PLACES)


def is_worse(kind, value, than):
    """Tell whether a value goes further beyond a limit than another one.

    >>> is_worse("variant_discount", 20.01, 20)
    True
    >>> is_worse("variant_discount", 20.001, 20)
    False
    >>> is_worse("margin", 9.99, 10)
    True
    >>> is_worse("margin", 10, 10)
    False
    """
    difference = round(value - than, PLACES)
    return difference < 0 if kind in FLOORS else difference > 0
