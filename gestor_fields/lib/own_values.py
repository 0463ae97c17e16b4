"""What a value of an own field may be, kind by kind, before it is stored as JSON."""

import json
import math
from datetime import date, datetime

DATE_FORMAT = "%Y-%m-%d"
MOMENT_FORMAT = "%Y-%m-%d %H:%M:%S"
#: kinds whose value is a choice or a record; the caller looks it up
CHOICES = {"selection", "tags"}
RECORDS = {"many2one", "many2many"}
TO_MANY = {"tags", "many2many"}


class WrongValue(ValueError):
    """A value that a field of this kind cannot hold."""


def read_given(given):
    """Return ``{name: value}`` of whatever clients send for a field of properties.

    A property without a value says nothing, so it is left out.

    >>> read_given('{"color": "red"}')
    {'color': 'red'}
    >>> read_given([{"name": "size", "value": 3}, {"name": "color", "string": "C"}])
    {'size': 3}
    >>> read_given(None)
    {}
    >>> try:
    ...     read_given(7)
    ... except WrongValue as error:
    ...     print("wrong:", error)
    wrong: 7
    """
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise WrongValue(given) from error
    if not given:
        return {}
    if isinstance(given, dict):
        return dict(given)
    if isinstance(given, list) and all(
        isinstance(item, dict) and item.get("name") for item in given
    ):
        return {item["name"]: item["value"] for item in given if "value" in item}
    raise WrongValue(given)


def check(kind, value):
    """Return a value as it is stored; nothing is ``False``, as in the host.

    Choices come back as codes and records as ids that nobody has looked up yet.

    >>> check("integer", 3.0), check("float", 3), check("boolean", 1)
    (3, 3.0, True)
    >>> check("char", " tall "), check("char", "  "), check("date", None)
    ('tall', False, False)
    >>> try:
    ...     check("date", "2026-02-29")
    ... except WrongValue as error:
    ...     print("wrong:", error)
    wrong: 2026-02-29
    >>> check("many2one", [7, "Bob"]), check("many2many", [[7, "Bob"], 8, 8])
    (7, [7, 8])
    >>> check("tags", []), check("integer", 0)
    (False, 0)
    """
    if value is None or (value is False and kind != "boolean"):
        return False
    try:
        return _READERS[kind](value)
    except WrongValue:
        raise
    except (TypeError, ValueError, OverflowError, LookupError) as error:
        raise WrongValue(value) from error


def is_empty(kind, value):
    """Return whether a required field with this value is still to be filled in.

    >>> is_empty("integer", 0), is_empty("boolean", False), is_empty("char", False)
    (False, False, True)
    """
    if kind == "boolean":
        return False
    return value is None or value is False or value in ("", [])


def is_same(value, other):
    """Return whether two stored values are the same; zero is not nothing.

    >>> is_same(0, False), is_same([1], [1]), is_same(1.0, 1)
    (False, True, True)
    """
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def read_default(kind, text):
    """Return the default that somebody typed, as it is stored.

    >>> read_default("float", "1 250,50"), read_default("integer", "12")
    (1250.5, 12)
    >>> read_default("date", "2026-11-24"), read_default("char", "")
    ('2026-11-24', False)
    """
    text = (text or "").strip()
    if not text:
        return False
    if kind in ("integer", "float", "monetary"):
        text = "".join(text.split()).replace(",", ".")
        try:
            return check(kind, float(text))
        except ValueError as error:
            raise WrongValue(text) from error
    return check(kind, text)


def _read_text(value):
    if not isinstance(value, str):
        raise WrongValue(value)
    return value.strip() or False


def _read_integer(value):
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValue(value)
    if value != int(value):
        raise WrongValue(value)
    return int(value)


def _read_float(value):
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValue(value)
    if not math.isfinite(value):
        raise WrongValue(value)
    return float(value)


def _read_boolean(value):
    if value not in (True, False):
        raise WrongValue(value)
    return bool(value)


def _read_date(value):
    if isinstance(value, str):
        value = value and datetime.strptime(value, DATE_FORMAT)
    elif not isinstance(value, date):
        raise WrongValue(value)
    return value and value.strftime(DATE_FORMAT)


def _read_datetime(value):
    if isinstance(value, str):
        value = value and datetime.strptime(value, MOMENT_FORMAT)
    elif not isinstance(value, datetime):
        raise WrongValue(value)
    return value and value.strftime(MOMENT_FORMAT)


def _read_record(value):
    if hasattr(value, "ids"):
        value = value.ids
        if len(value) > 1:
            raise WrongValue(value)
    if isinstance(value, list | tuple):
        value = value[0] if value else False
    if value is False:
        return False
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValue(value)
    return value or False


def _read_records(value):
    if hasattr(value, "ids"):
        value = value.ids
    if not isinstance(value, list | tuple):
        raise WrongValue(value)
    return list(dict.fromkeys(filter(None, map(_read_record, value)))) or False


def _read_codes(value):
    if not isinstance(value, list | tuple):
        raise WrongValue(value)
    return list(dict.fromkeys(_read_text(code) for code in value)) or False


_READERS = {
    "char": _read_text,
    "text": _read_text,
    "integer": _read_integer,
    "float": _read_float,
    "monetary": _read_float,
    "boolean": _read_boolean,
    "date": _read_date,
    "datetime": _read_datetime,
    "selection": _read_text,
    "tags": _read_codes,
    "many2one": _read_record,
    "many2many": _read_records,
}
