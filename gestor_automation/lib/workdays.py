"""Working days of a country: neither weekend nor public holiday. No ORM.

Poland's Christmas Eve is a holiday since 2025:

>>> poland = WorkCalendar("PL")
>>> [poland.is_working(date(year, 12, 24)) for year in (2024, 2025)]
[True, False]
>>> poland.shift(date(2026, 4, 30), 1)
datetime.date(2026, 5, 4)

A company may give more days off than the law does:

>>> bridge = WorkCalendar("PL", {date(2026, 6, 5)})
>>> bridge.shift(date(2026, 6, 3), 1)
datetime.date(2026, 6, 8)
"""

from datetime import date, timedelta
from functools import cached_property, lru_cache

import holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def public_holidays(country, year):
    """Return the public holidays of a year; a country nobody knows has none.

    :param str country: ISO code of two letters, or empty
    :rtype: frozenset[date]

    >>> [str(day) for day in sorted(public_holidays("PL", 2026))[2:4]]
    ['2026-04-05', '2026-04-06']
    >>> public_holidays("", 2026)
    frozenset()
    """
    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=4096)
def _working_days(country, year, month):
    free = public_holidays(country, year)
    day = date(year, month, 1)
    days = []
    while day.month == month:
        if day.weekday() < SATURDAY and day not in free:
            days.append(day)
        if day == date.max:
            break
        day += ONE_DAY
    return tuple(days)


class WorkCalendar:
    """The working days of one country, from Monday to Friday without holidays.

    :param str country: ISO code of two letters; empty: a country without holidays
    :param free_days: days off besides the holidays of the country, as many as the
        company likes but no whole month
    """

    def __init__(self, country, free_days=frozenset()):
        self.country = country or ""
        self.free_days = frozenset(free_days)

    def __repr__(self):
        return f"WorkCalendar({self.country!r})"

    @cached_property
    def has_holidays(self):
        """Tell whether the holidays of the country are known."""
        return self.country in holidays.list_supported_countries()

    def is_holiday(self, day):
        """Tell whether a day is a holiday, also one on a weekend."""
        return day in self.free_days or day in public_holidays(self.country, day.year)

    def is_weekend(self, day):
        """Tell whether a day is a Saturday or a Sunday."""
        return day.weekday() >= SATURDAY

    def is_working(self, day):
        """Tell whether a day is neither on a weekend nor a holiday."""
        return not self.is_weekend(day) and not self.is_holiday(day)

    def month(self, year, month):
        """Return the working days of a month, in order.

        >>> len(WorkCalendar("PL").month(2026, 11))
        20
        """
        days = _working_days(self.country, year, month)
        if self.free_days.isdisjoint(days):
            return days
        return tuple(day for day in days if day not in self.free_days)

    def nearest(self, day, step):
        """Return the day itself if it is a working day, else the next one.

        :param int step: 1 to look forward, -1 to look back

        >>> WorkCalendar("PL").nearest(date(2026, 11, 11), -1)
        datetime.date(2026, 11, 10)
        """
        while not self.is_working(day):
            day += step * ONE_DAY
        return day

    def shift(self, day, count):
        """Return the day that lies a number of working days later, or earlier.

        :param int count: negative to go back; 0 returns the day as it is

        >>> WorkCalendar("PL").shift(date(2026, 1, 2), -2)
        datetime.date(2025, 12, 30)
        """
        step = 1 if count > 0 else -1
        for _number in range(abs(count)):
            day = self.nearest(day + step * ONE_DAY, step)
        return day
