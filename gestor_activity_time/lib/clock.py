"""What a clock of working time counts, and when it was forgotten.

Pure Python. Moments are naive or aware, but all of one kind.
"""

from datetime import timedelta

SECONDS_PER_HOUR = 3600
#: nobody works longer without a break: a longer entry is a mistake
LONGEST = timedelta(hours=24)


def hours(start, stop):
    """Return the hours between two moments; 0 while there is no end.

    >>> from datetime import datetime
    >>> hours(datetime(2026, 11, 24, 8), datetime(2026, 11, 24, 9, 30))
    1.5
    >>> hours(datetime(2026, 11, 24, 8), False)
    0.0

    :rtype: float
    """
    return (stop - start).total_seconds() / SECONDS_PER_HOUR if stop else 0.0


def overlaps(start, stop, other_start, other_stop):
    """Tell whether two half-open stretches share a moment.

    >>> overlaps(8, 10, 9, 11), overlaps(8, 10, 10, 11), overlaps(8, 10, 7, 8)
    (True, False, False)

    :rtype: bool
    """
    return start < other_stop and other_start < stop


def forgotten_stop(start, now, work_end, midnight, grace):
    """Return when a clock that still runs should have been stopped.

    It is the end of the working day. Who begins after it, or on a day off, is left
    alone until midnight.

    >>> from datetime import datetime
    >>> def at(hour, day=24):
    ...     return datetime(2026, 11, day, hour)
    >>> hour = timedelta(hours=1)
    >>> forgotten_stop(at(9), at(17), at(17), at(0, 25), hour) is None
    True
    >>> forgotten_stop(at(9), at(18), at(17), at(0, 25), hour)
    datetime.datetime(2026, 11, 24, 17, 0)
    >>> forgotten_stop(at(19), at(23), at(17), at(0, 25), hour) is None
    True
    >>> forgotten_stop(at(19), at(8, 25), None, at(0, 25), hour)
    datetime.datetime(2026, 11, 25, 0, 0)

    :param start: when the clock was started
    :param work_end: the end of the working hours of that day, or ``None``
    :param midnight: the end of that day
    :param timedelta grace: how long overtime is left alone
    :return: a moment, or ``None`` while the clock may run
    """
    end = work_end if work_end and work_end > start else midnight
    return end if now >= end + grace else None


def cut(start, now, idle_seconds):
    """Return when somebody who has been away was last at work.

    >>> from datetime import datetime
    >>> start, now = datetime(2026, 11, 24, 8), datetime(2026, 11, 24, 9)
    >>> cut(start, now, 600)
    datetime.datetime(2026, 11, 24, 8, 50)
    >>> cut(start, now, 7200), cut(start, now, -5)
    (datetime.datetime(2026, 11, 24, 8, 0), datetime.datetime(2026, 11, 24, 9, 0))

    :param idle_seconds: how long ago that was, as the browser says
    :return: never before ``start`` nor after ``now``
    """
    return min(max(now - timedelta(seconds=idle_seconds), start), now)
