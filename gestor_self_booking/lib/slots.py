"""Free slots of people: working time minus what they are busy with. Pure Python.

Every moment is UTC without a zone, every span a pair ``(start, stop)`` that does not
hold its end. Only :func:`window_span` and :func:`day_of` know clocks.
"""

from bisect import bisect_right
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Rules(NamedTuple):
    """What a visit needs: all of them lengths of time."""

    length: timedelta
    step: timedelta
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)


def merge(spans):
    """Return spans in order, with those that touch put together.

    >>> merge([(3, 5), (1, 2), (2, 3), (7, 8), (4, 4)])
    [(1, 5), (7, 8)]
    """
    merged = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def subtract(spans, taken):
    """Return what is left of merged spans without others, in order.

    >>> subtract([(1, 5), (7, 9)], [(2, 3), (4, 8)])
    [(1, 2), (3, 4), (8, 9)]
    >>> subtract([(1, 5)], [])
    [(1, 5)]
    """
    left, taken = [], merge(taken)
    for start, stop in spans:
        for begin, end in taken[_first_ending_after(taken, start) :]:
            if begin >= stop:
                break
            if begin > start:
                left.append((start, begin))
            start = max(start, end)
        if start < stop:
            left.append((start, stop))
    return left


def window_span(day, hour_from, hour_to, zone):
    """Return when working hours of a day begin and end on the clock of a zone.

    The hour that the clock skips in spring becomes the one after it. In autumn, when
    the clock shows an hour twice, work begins at the first and ends at the second.

    :param float hour_from: hours since midnight; ``hour_to`` may be 24

    >>> from datetime import date
    >>> from zoneinfo import ZoneInfo
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> def show(*args):
    ...     print(*window_span(*args, warsaw), sep=" - ")
    >>> show(date(2026, 11, 30), 8, 16.5)
    2026-11-30 07:00:00 - 2026-11-30 15:30:00
    >>> show(date(2026, 3, 29), 2.5, 5)  # 2:30 is not on the clock: 3:30
    2026-03-29 01:30:00 - 2026-03-29 03:00:00
    >>> show(date(2026, 10, 25), 2, 3)  # from two to three lasts two hours
    2026-10-25 00:00:00 - 2026-10-25 02:00:00
    >>> show(date(2026, 10, 25), 2, 2.5)
    2026-10-25 00:00:00 - 2026-10-25 01:30:00
    >>> show(date(2026, 10, 25), 20, 24)
    2026-10-25 19:00:00 - 2026-10-25 23:00:00
    """
    return (
        _clock(day, hour_from, zone, fold=0),
        _clock(day, hour_to, zone, fold=1),
    )


def _clock(day, hours, zone, fold):
    minutes = round(hours * 60)
    if minutes >= 24 * 60:
        day, minutes = day + DAY, 0
    local = datetime.combine(day, time(*divmod(minutes, 60)), zone)
    # the offset before the change carries a skipped hour past it
    skipped = local.replace(fold=0).utcoffset() < local.replace(fold=1).utcoffset()
    local = local.replace(fold=0 if skipped else fold)
    return local.astimezone(UTC).replace(tzinfo=None)


def day_of(moment, zone):
    """Return the day that a clock shows.

    >>> from zoneinfo import ZoneInfo
    >>> print(day_of(datetime(2026, 11, 30, 23, 30), ZoneInfo("Europe/Warsaw")))
    2026-12-01
    """
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def tell_apart(moments, words, zone):
    """Return words for moments, with the name of the clock where two are alike.

    In autumn a clock shows an hour twice.

    >>> from zoneinfo import ZoneInfo
    >>> moments = [datetime(2026, 10, 25, hour) for hour in range(3)]
    >>> print(*tell_apart(moments, ["2:00", "2:00", "3:00"], ZoneInfo("Europe/Warsaw")))
    2:00 (CEST) 2:00 (CET) 3:00
    """
    return [
        f"{word} ({moment.replace(tzinfo=UTC).astimezone(zone):%Z})"
        if words.count(word) > 1
        else word
        for moment, word in zip(moments, words, strict=True)
    ]


def find_starts(working, busy, booked, rules, earliest, latest):
    """Return when a visit may begin.

    The grid begins with each working interval, so that work from 8:10 gives 8:10,
    8:40 and not 8:30. Around the visit its own buffers must be free of ``busy``; the
    visit itself must be out of ``booked``, the visits with *their* buffers.

    :param working: spans, any order
    :param rules: :class:`Rules`
    :param earliest: the visit does not begin before, nor after ``latest``
    :return: moments, in order

    >>> def hour(number, minute=0):
    ...     return datetime(2026, 11, 30, number, minute)
    >>> def show(*args, earliest=hour(0), latest=hour(23)):
    ...     found = find_starts(*args, earliest, latest)
    ...     print(*(f"{start:%H:%M}" for start in found))
    >>> half = timedelta(minutes=30)
    >>> work = [(hour(8), hour(10)), (hour(12, 10), hour(13, 20))]
    >>> show(work, [], [], Rules(2 * half, half))
    08:00 08:30 09:00 12:10
    >>> show(work, [], [], Rules(2 * half, half), earliest=hour(8, 1), latest=hour(9))
    08:30 09:00
    >>> show(work, [(hour(9, 30), hour(11))], [], Rules(half, half))
    08:00 08:30 09:00 12:10 12:40
    >>> show(work, [(hour(9, 30), hour(11))], [], Rules(half, half, after=half))
    08:00 08:30 12:10 12:40
    >>> show(work, [(hour(11), hour(12))], [], Rules(half, half, before=half))
    08:00 08:30 09:00 09:30 12:40
    >>> show(work, [], [(hour(7), hour(8, 10))], Rules(half, half, before=half))
    08:30 09:00 09:30 12:10 12:40
    """
    is_free, is_unbooked = _make_check(busy), _make_check(booked)
    found = []
    for begin, end in merge(working):
        start = begin
        if earliest > start:
            # negative floor division rounds up to the next point of the grid
            start = begin - (begin - earliest) // rules.step * rules.step
        while start + rules.length <= end and start <= latest:
            stop = start + rules.length
            if is_free(start - rules.before, stop + rules.after) and is_unbooked(
                start, stop
            ):
                found.append(start)
            start += rules.step
    return found


def without_full_days(starts, counts, most, zone):
    """Leave out the days on which somebody has as many visits as allowed.

    :param dict counts: ``{day: number of visits}``
    :param int most: per day; 0 is no limit

    >>> from zoneinfo import ZoneInfo
    >>> starts = [datetime(2026, 11, 30, 9), datetime(2026, 11, 30, 23, 30)]
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> full = {day_of(starts[0], warsaw): 2}
    >>> print(*without_full_days(starts, full, 2, warsaw))
    2026-11-30 23:30:00
    >>> len(without_full_days(starts, full, 0, warsaw))
    2
    """
    if not most:
        return starts
    return [start for start in starts if counts.get(day_of(start, zone), 0) < most]


def _make_check(spans):
    """Return a function that tells whether nothing is in a time.

    >>> is_free = _make_check([(5, 6), (1, 3)])
    >>> is_free(3, 5), is_free(2, 4), is_free(6, 9)
    (True, False, True)
    """
    spans = merge(spans)
    starts, stops = [span[0] for span in spans], [span[1] for span in spans]

    def is_free(start, stop):
        place = bisect_right(stops, start)
        return place == len(starts) or starts[place] >= stop

    return is_free


def _first_ending_after(spans, moment):
    return bisect_right(spans, moment, key=lambda span: span[1])
