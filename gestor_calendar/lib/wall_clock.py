"""Moments in UTC and the clock on the wall of a time zone. No ORM.

The host keeps moments in UTC without a zone; so do these functions unless they say
otherwise.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def get_zone(*names):
    """Return the time zone of the first name that there is, else UTC.

    :param names: texts, or zones of ``pytz`` as the host has them

    >>> get_zone(False, "Europe/Warsaw", "Asia/Tokyo").key
    'Europe/Warsaw'
    >>> get_zone(None).key, get_zone("Mars/Olympus").key
    ('UTC', 'UTC')
    """
    name = str(next(filter(None, names), "UTC"))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def to_aware(moment):
    """Return a moment with its zone, UTC."""
    return moment.replace(tzinfo=UTC)


def to_naive(moment):
    """Return a moment of any zone in UTC, without the zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def to_wall(moment, zone):
    """Return what the clock on the wall shows at a moment.

    >>> to_wall(datetime(2026, 7, 1, 22, 30), get_zone("Europe/Warsaw"))
    datetime.datetime(2026, 7, 2, 0, 30)
    """
    return to_aware(moment).astimezone(zone).replace(tzinfo=None)


def to_moment(wall, zone):
    """Return the moment at which the clock on the wall shows something.

    An hour that the clock skips in spring is the one after it, of an hour that comes
    twice in autumn the first one counts:

    >>> warsaw = get_zone("Europe/Warsaw")
    >>> to_moment(datetime(2026, 3, 29, 2, 30), warsaw)
    datetime.datetime(2026, 3, 29, 1, 30)
    >>> to_moment(datetime(2026, 10, 25, 2, 30), warsaw)
    datetime.datetime(2026, 10, 25, 0, 30)
    """
    return to_naive(wall.replace(tzinfo=zone))


def get_day(moment, zone):
    """Return the day on which a moment is."""
    return to_wall(moment, zone).date()


def get_day_limits(first, last, zone):
    """Return when the first day begins and when the last one is over.

    A day may have 23 or 25 hours:

    >>> from datetime import date
    >>> day = date(2026, 10, 25)
    >>> start, stop = get_day_limits(day, day, get_zone("Europe/Warsaw"))
    >>> start, (stop - start).total_seconds() / 3600
    (datetime.datetime(2026, 10, 24, 22, 0), 25.0)
    """
    return tuple(
        to_moment(datetime.combine(day, time.min), zone)
        for day in (first, last + timedelta(days=1))
    )
