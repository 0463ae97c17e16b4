"""When a resource of several equal units is taken, and when it is free.

Moments are anything that can be compared; intervals are half-open ``(start, stop)``.
Plain Python, no ORM.
"""


def busy_intervals(taken, quantity, count=1):
    """Return when fewer than ``count`` of the units are free, merged and in order.

    :param taken: ``(start, stop)`` or ``(start, stop, units)`` of what is taken;
        without ``units`` it is one
    :param int quantity: how many units there are
    :param int count: how many are needed together
    :return: intervals
    :rtype: list[tuple]

    >>> busy_intervals([(1, 3), (2, 5)], quantity=1)
    [(1, 5)]
    >>> busy_intervals([(1, 3), (2, 5)], quantity=2)
    [(2, 3)]
    >>> busy_intervals([(1, 3), (2, 5)], quantity=2, count=2)
    [(1, 5)]
    >>> busy_intervals([(1, 3), (3, 5)], quantity=1)
    [(1, 5)]
    >>> busy_intervals([(1, 4, 3)], quantity=3)
    [(1, 4)]
    """
    steps = {}
    for start, stop, *units in taken:
        size = units[0] if units else 1
        if start < stop:
            steps[start] = steps.get(start, 0) + size
            steps[stop] = steps.get(stop, 0) - size
    result, level, since = [], 0, None
    for moment in sorted(steps):
        level += steps[moment]
        is_busy = quantity - level < count
        if is_busy and since is None:
            since = moment
        elif not is_busy and since is not None:
            result.append((since, moment))
            since = None
    return result


def free_intervals(busy, start, stop):
    """Return what the busy intervals leave of a window.

    :param busy: as :func:`busy_intervals` returns them
    :rtype: list[tuple]

    >>> free_intervals([(1, 3), (5, 9)], 0, 8)
    [(0, 1), (3, 5)]
    >>> free_intervals([], 0, 8)
    [(0, 8)]
    >>> free_intervals([(0, 9)], 0, 8)
    []
    """
    result, at = [], start
    for busy_start, busy_stop in busy:
        if busy_start > at:
            result.append((at, min(busy_start, stop)))
        at = max(at, busy_stop)
        if at >= stop:
            return result
    result.append((at, stop))
    return result


def common_intervals(one, other):
    """Return what two lists of intervals have in common.

    :param one: merged and in order, as :func:`free_intervals` returns them
    :param other: likewise
    :rtype: list[tuple]

    >>> common_intervals([(0, 4), (6, 9)], [(1, 2), (3, 7)])
    [(1, 2), (3, 4), (6, 7)]
    >>> common_intervals([(0, 4)], [(4, 7)])
    []
    """
    result, one, other = [], list(one), list(other)
    while one and other:
        start, stop = max(one[0][0], other[0][0]), min(one[0][1], other[0][1])
        if start < stop:
            result.append((start, stop))
        (one if one[0][1] <= other[0][1] else other).pop(0)
    return result


def next_free(free, duration):
    """Return the first moment from which something lasts long enough, or None.

    :param free: as :func:`free_intervals` returns them
    :param duration: what is added to a moment

    >>> next_free([(0, 1), (3, 5)], 2)
    3
    >>> next_free([(0, 1)], 2) is None
    True
    """
    for start, stop in free:
        if start + duration <= stop:
            return start
    return None
