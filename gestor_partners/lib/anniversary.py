"""Days that come back every year.

Pure Python. A day of 29 February is kept on 28 February in common years.
"""

import calendar
import datetime

LEAP_YEAR = 2000  # has every day there is


def exists(month, day):
    """Tell whether there is such a day in some year.

    >>> exists(2, 29), exists(2, 30), exists(4, 31), exists(13, 1), exists(1, 0)
    (True, False, False, False, False)

    :rtype: bool
    """
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(LEAP_YEAR, month)[1]


def in_year(month, day, year):
    """Return the date on which an anniversary is kept in a year.

    >>> in_year(2, 29, 2027), in_year(2, 29, 2028)
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 29))

    :param int month: 1 to 12
    :param int day: of that month, see :func:`exists`
    :rtype: datetime.date
    """
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day, last))


def next_date(month, day, today):
    """Return when an anniversary is kept next: today or later.

    >>> today = datetime.date(2026, 11, 24)
    >>> next_date(11, 24, today), next_date(11, 23, today)
    (datetime.date(2026, 11, 24), datetime.date(2027, 11, 23))
    >>> next_date(2, 29, today)
    datetime.date(2027, 2, 28)

    :param datetime.date today: the first day that may be returned
    :rtype: datetime.date
    """
    date = in_year(month, day, today.year)
    return date if date >= today else in_year(month, day, today.year + 1)
