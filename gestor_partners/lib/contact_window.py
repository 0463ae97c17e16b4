"""When somebody may be called: hours of the week in a time zone.

Pure Python. Hours are numbers, ``9.5`` is half past nine; 24 is the end of the day.
Hours that a change of the clock leaves out are moved by it, as the clock is.
"""

import datetime
from typing import NamedTuple

MINUTES = 60
WEEK = 7


class Window(NamedTuple):
    """Hours of some days of the week; the last moment does not belong to them."""

    weekdays: frozenset  # 0 is Monday
    hour_from: float
    hour_to: float


def is_valid(hour_from, hour_to):
    """Tell whether hours are some part of one day.

    >>> is_valid(9, 17), is_valid(0, 24), is_valid(17, 9), is_valid(9, 9)
    (True, True, False, False)

    :rtype: bool
    """
    return 0 <= hour_from < hour_to <= 24


def is_open(windows, moment, zone):
    """Tell whether a moment lies in one of the windows.

    >>> from zoneinfo import ZoneInfo
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> office = [Window(frozenset(range(5)), 9, 17)]
    >>> at = datetime.datetime(2026, 7, 6, 7, 0, tzinfo=datetime.UTC)  # a Monday
    >>> is_open(office, at, warsaw), is_open(office, at, ZoneInfo("Europe/London"))
    (True, False)
    >>> is_open(office, at + datetime.timedelta(hours=8), warsaw)
    False

    :param list windows: of :class:`Window`
    :param datetime.datetime moment: aware
    :param zone: the time zone of the windows
    :rtype: bool
    """
    local = moment.astimezone(zone)
    hour = local.hour + local.minute / MINUTES
    return any(
        local.weekday() in window.weekdays and window.hour_from <= hour < window.hour_to
        for window in windows
    )


def is_open_day(windows, day):
    """Tell whether there is a window on a day.

    >>> office = [Window(frozenset(range(5)), 9, 17)]
    >>> is_open_day(office, datetime.date(2026, 7, 6))
    True
    >>> is_open_day(office, datetime.date(2026, 7, 5))
    False

    :rtype: bool
    """
    return any(day.weekday() in window.weekdays for window in windows)


def next_opening(windows, moment, zone):
    """Return when a window opens next, or the moment itself if one is open.

    >>> from zoneinfo import ZoneInfo
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> office = [Window(frozenset(range(5)), 9, 17)]
    >>> friday = datetime.datetime(2026, 3, 27, 18, 0, tzinfo=warsaw)
    >>> next_opening(office, friday, warsaw).isoformat()  # the clock moved on Sunday
    '2026-03-30T09:00:00+02:00'

    Half past two does not exist on the day when the clock moves forward.

    >>> night = [Window(frozenset([6]), 2.5, 4)]
    >>> next_opening(night, friday, warsaw).isoformat()
    '2026-03-29T03:30:00+02:00'
    >>> next_opening([], friday, warsaw)

    :param datetime.datetime moment: aware
    :return: an aware moment in the zone, or nothing without windows
    :rtype: datetime.datetime | None
    """
    if is_open(windows, moment, zone):
        return moment.astimezone(zone)
    today = moment.astimezone(zone).date()
    openings = (
        _at(today + datetime.timedelta(ahead), window.hour_from, zone)
        for ahead in range(WEEK + 1)
        for window in windows
        if (today + datetime.timedelta(ahead)).weekday() in window.weekdays
    )
    return min((at for at in openings if at > moment), default=None)


def _at(day, hour, zone):
    """Return the moment of an hour on a day; one that is left out comes later."""
    midnight = datetime.datetime.combine(day, datetime.time())
    wall = midnight + datetime.timedelta(minutes=round(hour * MINUTES))
    # there and back: gives a time that does not exist the hour that the clock shows
    utc = wall.replace(tzinfo=zone).astimezone(datetime.UTC)
    return utc.astimezone(zone)
