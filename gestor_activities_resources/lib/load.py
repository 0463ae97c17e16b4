"""How busy people are each day. Plain Python, no ORM.

Moments are anything that can be subtracted; intervals are half-open ``(start, stop)``,
merged and in order.
"""

from datetime import timedelta

DAY = timedelta(days=1)
NOTHING = timedelta()


def gaps(work, start, stop, shortest):
    """Return what lies between working times, without short breaks.

    :param work: working times
    :param start: begin of the window, ``stop`` its end
    :param shortest: gaps that are shorter are left out
    :rtype: list[tuple]

    >>> gaps([(8, 12), (13, 16), (32, 40)], 0, 48, 2)
    [(0, 8), (16, 32), (40, 48)]
    >>> gaps([], 0, 8, 2)
    [(0, 8)]
    """
    result, at = [], start
    for begin, end in [*work, (stop, stop)]:
        if begin - at >= shortest:
            result.append((at, begin))
        at = max(at, end)
    return result


def overlap(one, other):
    """Return how long two intervals last together.

    >>> from datetime import datetime
    >>> nine, ten, noon = (datetime(2026, 11, 24, hour) for hour in (9, 10, 12))
    >>> overlap((nine, noon), (ten, noon))
    datetime.timedelta(seconds=7200)
    >>> overlap((nine, ten), (ten, noon))
    datetime.timedelta(0)
    """
    return max(NOTHING, min(one[1], other[1]) - max(one[0], other[0]))


def daily_load(items, work, days):
    """Return hours planned and hours of work, for each day.

    What lasts a day or less counts whole, also outside the working hours; a longer one
    counts in the working hours only.

    :param items: ``(start, stop)`` of what is planned; they may overlap
    :param work: working times
    :param days: ``(start, stop)`` of each day
    :return: ``[(planned, available), ...]`` in hours
    :rtype: list[tuple[float, float]]

    >>> from datetime import datetime
    >>> at = lambda day, hour: datetime(2026, 11, day, hour)
    >>> days = [(at(24, 0), at(25, 0)), (at(25, 0), at(26, 0))]
    >>> work = [(at(24, 8), at(24, 16)), (at(25, 8), at(25, 16))]
    >>> daily_load([(at(24, 9), at(24, 11)), (at(24, 17), at(24, 18))], work, days)
    [(3.0, 8.0), (0.0, 8.0)]
    >>> daily_load([(at(24, 12), at(25, 18))], work, days)
    [(4.0, 8.0), (8.0, 8.0)]
    """
    result = []
    for day in days:
        hours = [
            (max(start, day[0]), min(stop, day[1]))
            for start, stop in work
            if start < day[1] and stop > day[0]
        ]
        available = sum((stop - start for start, stop in hours), NOTHING)
        planned = NOTHING
        for item in items:
            if item[1] - item[0] <= DAY:
                planned += overlap(item, day)
            else:
                planned += sum((overlap(item, part) for part in hours), NOTHING)
        result.append((_hours(planned), _hours(available)))
    return result


def _hours(length):
    return length / timedelta(hours=1)
