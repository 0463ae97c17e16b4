"""The days of a month as a page shows them. Pure Python."""

from calendar import Calendar
from datetime import date, timedelta


def parse_month(text):
    """Return the first day of a month written as in ``2026-12``, or nothing.

    >>> print(parse_month("2026-12"), parse_month("2026-13"), parse_month("x"))
    2026-12-01 None None
    """
    return parse_day(f"{text}-01")


def parse_day(text):
    """Return a day written as in ``2026-12-24``, or nothing.

    >>> print(parse_day("2026-12-24"), parse_day("24.12"), parse_day(None))
    2026-12-24 None None
    """
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def shift_month(day, months):
    """Return the first day of the month before or after that of a day.

    >>> print(shift_month(date(2026, 12, 5), 1), shift_month(date(2026, 1, 31), -1))
    2027-01-01 2025-12-01
    """
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def weeks_of(day, first_weekday=0):
    """Return the weeks of the month of a day; days of other months are nothing.

    :param int first_weekday: 0 is Monday, 6 Sunday

    >>> weeks = weeks_of(date(2026, 11, 15))
    >>> print(*("--" if day is None else day.day for day in weeks[0]))
    -- -- -- -- -- -- 1
    >>> len(weeks), str(weeks[-1][0])
    (6, '2026-11-30')
    >>> print(weeks_of(date(2026, 11, 15), 6)[0][0])
    2026-11-01
    """
    weeks = Calendar(first_weekday).monthdatescalendar(day.year, day.month)
    return [[d if d.month == day.month else None for d in week] for week in weeks]


def weekdays(first_weekday=0):
    """Return one day for each day of the week, in order, to take their names from.

    >>> print(*(day.weekday() for day in weekdays(6)))
    6 0 1 2 3 4 5
    """
    monday = date(2026, 1, 5) + timedelta(days=first_weekday)
    return [monday + timedelta(days=number) for number in range(7)]
