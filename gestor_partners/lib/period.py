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


def clusters(periods):
    """Return the positions of periods, together those that touch the same days.

    >>> january = datetime.date(2026, 1, 1), datetime.date(2026, 1, 31)
    >>> later = datetime.date(2026, 2, 1), None
    >>> clusters([later, january])
    [[1], [0]]
    >>> clusters([later, january, (None, datetime.date(2026, 1, 1))])
    [[2, 1], [0]]
    >>> clusters([(None, None), january, (False, False)])
    [[0, 2, 1]]
    >>> clusters([])
    []

    :param list periods: ``(first day or nothing, last day or nothing)``
    :return: in order of the first days; the first two of several have a day in common
    :rtype: list[list[int]]
    """
    starts = [start or datetime.date.min for start, _stop in periods]
    stops = [stop or datetime.date.max for _start, stop in periods]
    found = []
    reach = None
    for place in sorted(range(len(periods)), key=starts.__getitem__):
        if reach is not None and starts[place] <= reach:
            found[-1].append(place)
            reach = max(reach, stops[place])
        else:
            found.append([place])
            reach = stops[place]
    return found
