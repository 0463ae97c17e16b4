"""Reading single fields of a row by their position, counted from 1."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from .errors import FieldError

_ZERO = Decimal(0)
#: what records are recognised and sorted by; the format allows 20 to 50 signs
MAX_KEY = 128
#: names of clients and goods; the format allows 80 signs
MAX_NAME = 512


def read_text(fields, position, name=None):
    return fields[position - 1].strip() if len(fields) >= position else ""


def read_short(fields, position, name, limit=MAX_KEY):
    """Return a text that the database can index."""
    text = read_text(fields, position)
    if len(text) > limit:
        raise FieldError("field_long", position=position, field=name, value=limit)
    return text


def read_number(fields, position, name):
    """Return a decimal; empty is zero, a decimal comma is forgiven."""
    text = read_text(fields, position).replace(",", ".")
    if not text:
        return _ZERO
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or abs(value) >= 10**13:
        raise FieldError("bad_number", position=position, field=name, value=text[:40])
    return value


def read_integer(fields, position, name):
    return int(read_number(fields, position, name))


def read_flag(fields, position, name=None):
    """Return a logical: 0 is no; 1 and -1 are yes."""
    return read_text(fields, position) not in ("", "0")


def read_price(fields, position, name):
    """Return a price, which no discount can make negative."""
    value = read_number(fields, position, name)
    if value < 0:
        text = read_text(fields, position)
        raise FieldError("negative", position=position, field=name, value=text)
    return value


def read_required(fields, position, name):
    text = read_short(fields, position, name)
    if not text:
        raise FieldError("missing", position=position, field=name)
    return text


def read_kind(fields, position, name, known):
    text = read_text(fields, position)
    if text not in known:
        raise FieldError("bad_kind", position=position, field=name, value=text[:40])
    return int(text)


def need(fields, minimum):
    if len(fields) < minimum:
        raise FieldError("too_few_fields", value=len(fields), minimum=minimum)


def read_date(fields, position, name):
    """Return a day; empty is none, and so is the year 0 or 1899 of old programs.

    >>> read_date(["20260131000000"], 1, "day"), read_date([""], 1, "day")
    (datetime.date(2026, 1, 31), None)
    """
    text = read_text(fields, position)
    if not text or text.startswith(("0000", "1899")):
        return None
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()
    except ValueError:
        raise FieldError(
            "bad_date", position=position, field=name, value=text[:40]
        ) from None
