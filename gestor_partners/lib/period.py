"""Periods of days; nothing at an end means that the period is open there.

Pure Python.
"""

import datetime


def covers(start, stop, day):
    """Tell whether a day lies in a period, whose both ends belong to it.

    >>> first, last = datetime.date(2026, 1, 1), datetime.date(2026, 1, 31)
    >>> covers(first, last, last), covers(first, last, datetime.date(2026, 2, 1))
    (True, False)
    >>> covers(None, False, first)
    True

    :rtype: bool
    """
    return (not start or start <= day) and (not stop or day <= stop)


def first_overlap(periods):
    """Return the positions of the first two periods that have a day in common.

    >>> january = datetime.date(2026, 1, 1), datetime.date(2026, 1, 31)
    >>> later = datetime.date(2026, 2, 1), None
    >>> first_overlap([later, january])
    >>> first_overlap([later, january, (None, datetime.date(2026, 1, 1))])
    (2, 1)
    >>> first_overlap([(None, None), (False, False)])
    (0, 1)

    :param list periods: ``(first day or nothing, last day or nothing)``
    :return: two positions, the period that begins earlier first; nothing without any
    :rtype: tuple[int, int] | None
    """
    order = sorted(
        range(len(periods)), key=lambda place: periods[place][0] or datetime.date.min
    )
    widest = None
    for place in order:
        start = periods[place][0] or datetime.date.min
        stop = periods[place][1] or datetime.date.max
        if widest is not None and start <= (periods[widest][1] or datetime.date.max):
            return widest, place
        if widest is None or stop >= (periods[widest][1] or datetime.date.max):
            widest = place
    return None
