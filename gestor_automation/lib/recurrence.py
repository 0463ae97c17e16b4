"""Recurring dates: a rule, a start and a window give the occurrences. No ORM.

The rule has a pattern (every so many days, on weekdays, on a day of the month ...), an
end (none, a last date, a number of dates), and says what happens to a date that falls
on a holiday or a weekend, or that a month does not have. Nothing is made ahead: who
asks gets the occurrences of a window, one after another.

On the last working day of each month, from January on:

>>> rule = Rule("monthly", pattern="workday", nth=-1)
>>> days = occurrence_dates(rule, date(2026, 1, 1), window_stop=date(2026, 4, 1))
>>> [str(day) for day in days]
['2026-01-30', '2026-02-27', '2026-03-31']

What happens is said in this order:

1. The pattern gives its own dates from the start on. ``count`` and ``until`` count and
   compare these; a date that is skipped later is not made up for.
2. A date on a holiday follows ``on_holiday``. If that is "keep", or the date is no
   holiday, a date on a weekend follows ``on_weekend``. What moves, moves to the nearest
   working day, so it may be later than ``until``; it is never before the start.
3. Two dates that land on the same day are one occurrence.
4. ``skipped`` names days on which nothing shall take place, as the user sees them.

Occurrences with an hour keep their hour on the wall of the time zone. An hour that a
night in spring does not have is the same moment in winter time (02:30 is 03:30); of an
hour that comes twice in autumn the first one counts:

>>> rule = Rule("daily", timezone="Europe/Warsaw", count=2)
>>> for moment in occurrences(rule, datetime(2026, 3, 28, 2, 30)):
...     print(moment)
2026-03-28 02:30:00+01:00
2026-03-29 03:30:00+02:00
"""

import heapq
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count as counter
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from .rule_checks import check_rule, refuse
from .workdays import ONE_DAY, WorkCalendar

#: no date moves further than that to the nearest working day
MARGIN = timedelta(days=31)
#: in a year without 29 February this is 1 March
DAY_OF_LEAP_DAY = 60
STEPS = {"before": -1, "after": 1}


@dataclass(frozen=True)
class Rule:
    """When something recurs. A wrong rule cannot be made: :exc:`RecurrenceError`.

    :param str frequency: "daily", "workdaily" (working days), "weekly", "monthly" or
        "yearly"
    :param int interval: every so many of them
    :param weekdays: for "weekly": the days, 0 is Monday
    :param str pattern: for "monthly" and "yearly": on a "day" of the month, on the nth
        "weekday" or on the nth "workday"
    :param int day: the day of the month, 1 to 31
    :param int nth: 1 is the first, -1 the last; weekdays up to 5, working days up to 15
    :param int weekday: 0 is Monday
    :param int month: for "yearly": 1 to 12
    :param date until: the last date of the pattern
    :param int count: how many dates the pattern has
    :param skipped: days without an occurrence
    :param str on_holiday: "keep", "skip", or on the nearest working day "before" or
        "after"
    :param str on_weekend: the same for a Saturday and a Sunday
    :param str missing_day: for day 29, 30 and 31 in a shorter month: its "last" day, or
        "skip" the month
    :param str leap_day: for 29 February in a common year: "before" (28 February),
        "after" (1 March) or "skip"
    :param str country: whose holidays count
    :param free_days: days that count as holidays besides, like those that the company
        gives off
    :param str timezone: whose clock and calendar count
    """

    frequency: str
    interval: int = 1
    weekdays: frozenset = frozenset()
    pattern: str = "day"
    day: int = 1
    nth: int = 1
    weekday: int = 0
    month: int = 1
    until: date | None = None
    count: int | None = None
    skipped: frozenset = field(default=frozenset())
    on_holiday: str = "keep"
    on_weekend: str = "keep"
    missing_day: str = "last"
    leap_day: str = "before"
    country: str = "PL"
    timezone: str = "UTC"
    free_days: frozenset = frozenset()

    def __post_init__(self):
        object.__setattr__(self, "weekdays", frozenset(self.weekdays))
        object.__setattr__(self, "skipped", frozenset(self.skipped))
        object.__setattr__(self, "free_days", frozenset(self.free_days))
        check_rule(self)

    @property
    def is_endless(self):
        """Tell whether the rule goes on for ever."""
        return self.until is None and self.count is None

    @property
    def has_moves(self):
        """Tell whether a date may land on another day than the pattern says."""
        return not STEPS.keys().isdisjoint((self.on_holiday, self.on_weekend))


def occurrence_dates(rule, start, window_start=None, window_stop=None):
    """Return the days of a rule in a window, one after another.

    :param Rule rule: the rule
    :param date start: the first day that may be one; the intervals count from here
    :param date window_start: the first day wanted; from the start if not given
    :param date window_stop: the first day not wanted any more; a rule with an end needs
        none
    :rtype: Iterator[date]
    :raise RecurrenceError: "endless" if neither the rule nor the window has an end

    >>> occurrence_dates(Rule("daily"), date(2026, 1, 1))
    ... # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    RecurrenceError: a rule without end needs a window
    """
    if rule.is_endless and window_stop is None:
        raise refuse("endless")
    return _window(rule, start, window_start or start, window_stop or date.max)


def occurrences(rule, start, window_start=None, window_stop=None):
    """Return the moments of a rule in a window, one after another.

    :param Rule rule: the rule
    :param datetime start: the first moment that may be one. Naive: on the clock of the
        rule's time zone. Its hour is the hour of all.
    :param datetime window_start: aware; the first moment wanted
    :param datetime window_stop: aware; the first moment not wanted any more
    :return: aware moments in the time zone of the rule
    :rtype: Iterator[datetime]
    :raise RecurrenceError: "endless" if neither the rule nor the window has an end;
        "naive" if the window has no time zone
    """
    if any(end and end.tzinfo is None for end in (window_start, window_stop)):
        raise refuse("naive")
    if rule.is_endless and window_stop is None:
        raise refuse("endless")
    zone = ZoneInfo(rule.timezone)
    local = start if start.tzinfo is None else start.astimezone(zone)
    # a clock that jumps moves a moment over midnight at most
    days = _window(
        rule,
        local.date(),
        _day_near(window_start, zone, -1) or local.date(),
        _day_near(window_stop, zone, 2) or date.max,
    )
    moments = (wall_clock(day, local.time(), zone) for day in days)
    return (
        moment
        for moment in moments
        if (window_start is None or moment >= window_start)
        and (window_stop is None or moment < window_stop)
    )


def wall_clock(day, hour, zone):
    """Return the moment at which the clock of a time zone shows an hour of a day.

    :param time hour: naive
    :param ZoneInfo zone: the time zone

    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> print(wall_clock(date(2026, 10, 25), time(2, 30), warsaw))
    2026-10-25 02:30:00+02:00
    """
    local = datetime.combine(day, hour.replace(fold=0), zone)
    # there and back: an hour that does not exist becomes the one that does
    return local.astimezone(UTC).astimezone(zone)


def _day_near(moment, zone, days):
    if moment is None:
        return None
    ordinal = moment.astimezone(zone).toordinal() + days
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _window(rule, start, first, stop):
    """Yield the days of ``[first, stop)``, in order and each once."""
    margin = MARGIN if rule.has_moves else timedelta(0)
    last_base = date.max - margin if stop > date.max - margin else stop + margin
    pattern = _pattern(rule, start, max(start, _minus(first, margin)))
    base_days = takewhile(lambda day: day < last_base or last_base == date.max, pattern)
    calendar = _calendar(rule)
    last = None
    for day in _sorted_days(rule, base_days, calendar, margin):
        if day != last and start <= day and first <= day < stop:
            if day not in rule.skipped:
                yield day
        last = day


def _calendar(rule):
    return WorkCalendar(rule.country, rule.free_days)


def _minus(day, margin):
    return day - margin if day - date.min > margin else date.min


def _sorted_days(rule, base_days, calendar, margin):
    """Yield where the dates of the pattern land, in order.

    A date that moves overtakes others, but never further than the margin.
    """
    waiting = []
    for base in base_days:
        day = _landing(rule, base, calendar)
        if day is not None:
            heapq.heappush(waiting, day)
        while waiting and waiting[0] <= _minus(base, margin):
            yield heapq.heappop(waiting)
    while waiting:
        yield heapq.heappop(waiting)


def _landing(rule, day, calendar):
    """Return the day on which a date of the pattern takes place, or ``None``."""
    treatment = "keep"
    if rule.on_holiday != "keep" and calendar.is_holiday(day):
        treatment = rule.on_holiday
    elif calendar.is_weekend(day):
        treatment = rule.on_weekend
    if treatment == "skip":
        return None
    if treatment == "keep":
        return day
    return calendar.nearest(day, STEPS[treatment])


def _pattern(rule, start, first):
    """Yield the rule's own dates from the start on.

    :param date first: dates before it need not come, unless they are to be counted
    """
    if rule.count is not None:
        first = start
    if rule.frequency == "workdaily":
        days = _every_workday(rule, start)
    elif rule.frequency in ("monthly", "yearly") and rule.pattern == "workday":
        days = _nth_workday(rule, start, first)
    else:
        days = _by_rrule(rule, start, first)
    if rule.until is not None:
        days = takewhile(lambda day: day <= rule.until, days)
    return islice(days, rule.count)


def _by_rrule(rule, start, first):
    anchor = datetime.combine(_anchor(rule, start, first), time())
    frequency = {
        "daily": DAILY,
        "weekly": WEEKLY,
        "monthly": MONTHLY,
        "yearly": YEARLY,
    }[rule.frequency]
    options = _rrule_options(rule)
    days = rrule(frequency, dtstart=anchor, interval=rule.interval, **options)
    return (day.date() for day in days)


def _rrule_options(rule):
    if rule.frequency == "daily":
        return {}
    if rule.frequency == "weekly":
        return {"byweekday": sorted(rule.weekdays)}
    options = {"bymonth": rule.month} if rule.frequency == "yearly" else {}
    if rule.pattern == "weekday":
        return {**options, "byweekday": weekday(rule.weekday)(rule.nth)}
    if rule.frequency == "yearly" and (rule.month, rule.day) == (2, 29):
        return _leap_day_options(rule)
    if rule.frequency == "monthly" and rule.missing_day == "last" and rule.day > 28:
        # the last one that the month has
        return {"bymonthday": range(28, rule.day + 1), "bysetpos": -1}
    return {**options, "bymonthday": rule.day}


def _leap_day_options(rule):
    if rule.leap_day == "after":
        return {"byyearday": DAY_OF_LEAP_DAY}
    if rule.leap_day == "before":
        return {"bymonth": 2, "bymonthday": (28, 29), "bysetpos": -1}
    return {"bymonth": 2, "bymonthday": 29}


def _anchor(rule, start, first):
    """Return a later start that gives the same dates from ``first`` on."""
    if rule.frequency == "daily":
        rounds = (first - start).days // rule.interval
        return start + timedelta(days=rounds * rule.interval)
    if rule.frequency == "weekly":
        monday = start - start.weekday() * ONE_DAY if start > date.min else start
        rounds = (first - monday).days // (7 * rule.interval)
        return monday + timedelta(weeks=rounds * rule.interval) if rounds else start
    year, month = next(_periods(rule, start, first))
    return max(start, date(year, month, 1))


def _periods(rule, start, first):
    """Yield (year, month) of the rule from the one at or before ``first`` on.

    For a yearly rule the month is January for its period, but the first one.
    """
    if rule.frequency == "yearly":
        rounds = (first.year - start.year) // rule.interval
        for number in counter(rounds):
            year = start.year + number * rule.interval
            if year > date.max.year:
                return
            yield year, 1
        return
    index = start.year * 12 + start.month - 1
    rounds = (first.year * 12 + first.month - 1 - index) // rule.interval
    for number in counter(rounds):
        year, month = divmod(index + number * rule.interval, 12)
        if year > date.max.year:
            return
        yield year, month + 1


def _nth_workday(rule, start, first):
    calendar = _calendar(rule)
    wanted = rule.nth - 1 if rule.nth > 0 else rule.nth
    for year, month in _periods(rule, start, first):
        days = calendar.month(year, rule.month if rule.frequency == "yearly" else month)
        # days off of the company may leave a month fewer working days than asked for
        position = max(min(wanted, len(days) - 1), -len(days))
        if days and days[position] >= start:
            yield days[position]


def _every_workday(rule, start):
    """Yield every nth working day from the start on; n is the interval."""
    calendar = _calendar(rule)
    months = _periods(Rule("monthly"), start, start)
    position = 0  # of the next one among the working days to come
    for year, month in months:
        days = [day for day in calendar.month(year, month) if day >= start]
        yield from days[position :: rule.interval]
        used = len(range(position, len(days), rule.interval))
        position += used * rule.interval - len(days)
