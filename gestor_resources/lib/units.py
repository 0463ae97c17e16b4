"""Which of the equal pieces of a resource a booking takes.

Three identical projector sets are one resource of three units. Two bookings may share
the resource at one moment, but never a unit. Plain Python, no ORM.
"""

from collections import defaultdict


class NotEnough(Exception):
    """Fewer units are free than a booking needs.

    :ivar key: the booking
    :ivar int free: how many units are free all the time
    """

    def __init__(self, key, free):
        super().__init__(key, free)
        self.key = key
        self.free = free


def allocate(wanted, taken, quantities):
    """Give each booking the lowest units that nobody else has in its time.

    :param wanted: ``(key, resource, start, stop, count)`` in the order of service;
        the end is not included
    :param taken: ``(resource, unit, start, stop)`` of those served before
    :param dict quantities: ``{resource: how many units it has}``
    :return: ``{key: [unit, ...]}``
    :rtype: dict
    :raise NotEnough: for the first booking that cannot be served

    >>> allocate([("a", 1, 10, 12, 1), ("b", 1, 11, 13, 1)], [], {1: 2})
    {'a': [1], 'b': [2]}
    >>> allocate([("c", 1, 12, 14, 2)], [(1, 2, 10, 14)], {1: 3})
    {'c': [1, 3]}
    >>> allocate([("d", 1, 10, 12, 1)], [(1, 1, 12, 14)], {1: 1})
    {'d': [1]}
    >>> allocate([("e", 1, 10, 12, 1)], [(1, 1, 11, 14)], {1: 1})
    ... # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    NotEnough: ('e', 0)
    """
    served = defaultdict(list)
    for resource, unit, start, stop in taken:
        served[resource].append((unit, start, stop))
    result = {}
    for key, resource, start, stop, count in wanted:
        others = served[resource]
        used = {
            unit
            for unit, other_start, other_stop in others
            if other_start < stop and start < other_stop
        }
        free = [unit for unit in range(1, quantities[resource] + 1) if unit not in used]
        if len(free) < count:
            raise NotEnough(key, len(free))
        result[key] = free[:count]
        others += [(unit, start, stop) for unit in free[:count]]
    return result
