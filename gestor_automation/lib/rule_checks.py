"""What a rule of recurrence may say, and how a wrong one is refused. No ORM."""

import calendar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FREQUENCIES = ("daily", "workdaily", "weekly", "monthly", "yearly")
PATTERNS = ("day", "weekday", "workday")
TREATMENTS = ("keep", "skip", "before", "after")
#: each month has that many working days, whatever the holidays
MOST_WORKDAYS = 15
A_LEAP_YEAR = 2024

MESSAGES = {
    "endless": "a rule without end needs a window",
    "naive": "a window needs a time zone",
    "choice": "a choice that does not exist",
    "interval": "the interval must be 1 or more",
    "weekdays": "a weekly rule needs weekdays",
    "day": "there is no such day",
    "nth": "there is no such number",
    "end": "a rule ends after a date or after a number, not both",
    "count": "the number of occurrences must be 1 or more",
    "timezone": "there is no such time zone",
}


class RecurrenceError(ValueError):
    """A rule or a question that makes no sense; ``code`` says why, see MESSAGES."""

    def __init__(self, code):
        super().__init__(MESSAGES[code])
        self.code = code


def refuse(code):
    """Return the error of a code."""
    return RecurrenceError(code)


def check_rule(rule):
    """Refuse a rule that makes no sense.

    :raise RecurrenceError: with the code of the first thing that is wrong
    """
    checks = {
        "choice": _has_known_choices(rule),
        "interval": rule.interval >= 1,
        "weekdays": rule.frequency != "weekly" or _has_weekdays(rule),
        "day": _has_day(rule),
        "nth": _has_nth(rule),
        "end": rule.until is None or rule.count is None,
        "count": rule.count is None or rule.count >= 1,
        "timezone": _has_timezone(rule),
    }
    for code, is_right in checks.items():
        if not is_right:
            raise refuse(code)


def _has_known_choices(rule):
    return (
        rule.frequency in FREQUENCIES
        and rule.pattern in PATTERNS
        and rule.on_holiday in TREATMENTS
        and rule.on_weekend in TREATMENTS
        and rule.missing_day in ("last", "skip")
        and rule.leap_day in ("before", "after", "skip")
    )


def _has_weekdays(rule):
    return bool(rule.weekdays) and rule.weekdays <= set(range(7))


def _has_day(rule):
    if rule.frequency == "yearly":
        if rule.month not in range(1, 13):
            return False
        longest = calendar.monthrange(A_LEAP_YEAR, rule.month)[1]
    else:
        longest = 31
    return rule.pattern != "day" or 1 <= rule.day <= longest


def _has_nth(rule):
    if rule.pattern == "weekday":
        return rule.nth in (1, 2, 3, 4, 5, -1) and rule.weekday in range(7)
    return rule.pattern == "day" or 1 <= abs(rule.nth) <= MOST_WORKDAYS


def _has_timezone(rule):
    try:
        ZoneInfo(rule.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
