"""Working days in Poland.

Source: the act of 18 January 1951 on days free from work, as amended; Christmas Eve
since 2025. Saturdays are no working days of banks and offices.
"""

from datetime import timedelta

from dateutil.easter import easter

_FIXED = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}
_EPIPHANY_SINCE = 2011
_CHRISTMAS_EVE_SINCE = 2025
#: days after Easter Sunday: Easter Monday and Corpus Christi; Whitsun is a Sunday
_MOVABLE = (1, 60)


def is_working_day(day):
    """Tell whether offices and banks work.

    >>> from datetime import date
    >>> is_working_day(date(2026, 11, 11)), is_working_day(date(2026, 11, 12))
    (False, True)
    >>> is_working_day(date(2026, 6, 4)), is_working_day(date(2026, 4, 6))
    (False, False)
    >>> is_working_day(date(2024, 12, 24)), is_working_day(date(2026, 12, 24))
    (True, False)
    >>> is_working_day(date(2026, 1, 3))
    False
    """
    if day.weekday() >= 5:
        return False
    month_day = (day.month, day.day)
    if month_day == (1, 6) and day.year < _EPIPHANY_SINCE:
        return True
    if month_day in _FIXED:
        return False
    if month_day == (12, 24):
        return day.year < _CHRISTMAS_EVE_SINCE
    return (day - easter(day.year)).days not in _MOVABLE


def previous_working_day(day):
    """Return the last working day before a day.

    >>> from datetime import date
    >>> previous_working_day(date(2026, 1, 7))  # after Epiphany
    datetime.date(2026, 1, 5)
    >>> previous_working_day(date(2026, 12, 28))  # after Christmas and a weekend
    datetime.date(2026, 12, 23)
    """
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
