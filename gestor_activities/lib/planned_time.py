"""The moment an activity is planned for, counted from another moment. No ORM."""

from datetime import UTC, datetime, time, timedelta

LAST_MINUTE = 24 * 60 - 1


def planned_at(base, zone, days=0, calendar=None, hour=None):
    """Return the moment some days after another one, by the clock on the wall.

    :param datetime base: in UTC, without a zone
    :param tzinfo zone: of those whose clock it is
    :param int days: negative to go back
    :param calendar: a ``WorkCalendar``, to count its working days and to end on one;
        without it every day counts
    :param float hour: of the day, like 8.5; None: the hour of the base
    :return: in UTC, without a zone

    The hour stays when the clocks change meanwhile:

    >>> from zoneinfo import ZoneInfo
    >>> planned_at(datetime(2026, 10, 23, 6), ZoneInfo("Europe/Warsaw"), 7)
    datetime.datetime(2026, 10, 30, 7, 0)
    >>> planned_at(datetime(2026, 10, 23, 6), ZoneInfo("UTC"), -1, hour=9.5)
    datetime.datetime(2026, 10, 22, 9, 30)
    """
    local = base.replace(tzinfo=UTC).astimezone(zone)
    day = local.date()
    if calendar:
        day = calendar.shift(day, days)
        day = calendar.nearest(day, -1 if days < 0 else 1)
    else:
        day += timedelta(days=days)
    clock = local.time()
    if hour is not None:
        clock = time(*divmod(min(round(hour * 60), LAST_MINUTE), 60))
    wall = datetime.combine(day, clock, zone)
    return wall.astimezone(UTC).replace(tzinfo=None)
