"""NBP: tables of average exchange rates of the National Bank of Poland."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .errors import RegisterAnswerError
from .subject import mapping, sequence, text

#: days of one question
MAX_DAYS = 93
FIRST_DAY = date(2002, 1, 2)
TABLES = ("A", "B")


class Table(NamedTuple):
    """One table: its number, its day and złoty per one unit of each currency."""

    number: str
    day: date
    rates: dict


def path(table, start, end):
    """Return where the tables of a period are.

    >>> path("A", date(2026, 1, 2), date(2026, 1, 5))
    '/api/exchangerates/tables/A/2026-01-02/2026-01-05?format=json'
    """
    return f"/api/exchangerates/tables/{table}/{start}/{end}?format=json"


def periods(start, end):
    """Yield parts of a period that one question may cover.

    >>> [str(day) for part in periods(date(2026, 1, 1), date(2026, 4, 10))
    ...  for day in part]
    ['2026-01-01', '2026-04-03', '2026-04-04', '2026-04-10']
    """
    while start <= end:
        last = min(end, start + timedelta(days=MAX_DAYS - 1))
        yield start, last
        start = last + timedelta(days=1)


def read_tables(data):
    """Return the tables of an answer.

    >>> tables = read_tables([{"table": "A", "no": "001/A/NBP/2026",
    ...     "effectiveDate": "2026-01-02", "rates": [{"code": "EUR", "mid": 4.2267}]}])
    >>> tables[0].number, tables[0].rates
    ('001/A/NBP/2026', {'EUR': Decimal('4.2267')})
    >>> read_tables({"error": 1})
    Traceback (most recent call last):
    gestor_pl.lib.registers.errors.RegisterAnswerError: broken {'kind': 'JSON'}
    """
    if not isinstance(data, list):
        raise RegisterAnswerError("broken", kind="JSON")
    return [_table(mapping(item)) for item in data]


def _table(item):
    number = text(item.get("no"))
    try:
        day = date.fromisoformat(text(item.get("effectiveDate")))
    except ValueError:
        raise RegisterAnswerError("broken", kind="JSON") from None
    rates = {}
    for rate in map(mapping, sequence(item.get("rates"))):
        code = text(rate.get("code"))
        try:
            mid = Decimal(str(rate.get("mid")))
        except InvalidOperation:
            raise RegisterAnswerError("broken", kind="JSON") from None
        if re.fullmatch(r"[A-Z]{3}", code) and mid.is_finite() and mid > 0:
            rates[code] = mid
    if not number or not rates:
        raise RegisterAnswerError("broken", kind="JSON")
    return Table(number, day, rates)
