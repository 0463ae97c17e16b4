"""Bookings of shared resources: booking, refusal, free time of a month.

The same is done with resource_booking of the OCA, in a database without Gestor, where
that can be fetched.

The reference of a booking is one created in the host's own calendar, the lightest
event with a beginning and an end that the host has; the free time of a month is
compared with that of resources that have a fifth of the bookings around it.
"""

from datetime import datetime, timedelta

import oca_booking
from measure import analyze, cost, row, without_helpers

from odoo.exceptions import UserError

SIZES = (10_000, 50_000)
SMALL, LARGE = (f"{size:,}" for size in SIZES)
RESOURCES, REPEATS, BATCH = 20, 10, 20
START = datetime(2030, 1, 1)
HOUR = timedelta(hours=1)
TARGETS = {
    f"book one, {LARGE} bookings there": 1,
    f"book one, growth from {SMALL} to {LARGE} bookings": 1.1,
    f"refuse one, {LARGE} bookings there": 1.6,
    f"book {BATCH} at once, {LARGE} bookings there, each": 0.6,
    f"queries to book {BATCH} at once, against one": 1.5,
    f"free time of a month, growth from {SMALL} to {LARGE} bookings": 1.5,
}
OCA_TARGETS = {
    f"book one, {LARGE} bookings there, against OCA": 0.3,
    f"refuse one, {LARGE} bookings there, against OCA": 0.1,
    f"free time of a month, {LARGE} bookings there, against OCA": 0.1,
}
SEED = """
    WITH numbers AS (
        SELECT n, (%(ids)s)[1 + n %% %(resources)s] AS resource_id,
               %(start)s::timestamp - (1 + n / %(resources)s) * interval '2 hours' AS at
          FROM generate_series(%(first)s, %(last)s) AS n
    ), booked AS (
        INSERT INTO gestor_booking (name, resource_id, kind_id, quantity, start_at,
                                    stop_at, user_id, state)
        SELECT 'Seed', resource_id, %(kind)s, 1, at, at + interval '1 hour', 1,
               'confirmed'
          FROM numbers
        RETURNING id, resource_id, start_at, stop_at
    )
    INSERT INTO gestor_booking_slot (booking_id, resource_id, unit, start_at, stop_at)
    SELECT id, resource_id, 1, start_at, stop_at FROM booked
"""


def run_host(env):
    """Measure resource_booking of the OCA; empty where it cannot be fetched."""
    return oca_booking.measure(env, SIZES[-1])


def run(env, host):
    """Return the measured rows ``(name, value, unit, reference, ratio)``.

    :param dict host: what ``run_host()`` found in the database without Gestor
    """
    without_helpers(env)
    kind = env.ref("gestor_resources.gestor_resource_kind_room")
    resources = env["gestor.resource"].create(
        [{"name": f"Room {n}", "kind_id": kind.id} for n in range(RESOURCES)]
    )
    event = cost(env, lambda: _create_event(env), REPEATS).seconds
    rows, booked, free, there = [], {}, {}, 0
    moments = iter(START + n * 4 * HOUR for n in range(100_000))
    for size in SIZES:
        _seed(env, resources, kind, there, size - 1)
        there = size
        one = cost(env, lambda: _book(resources[0], [next(moments)]), REPEATS)
        booked[size] = one.seconds
        many = cost(
            env,
            lambda: _book(resources[0], [next(moments) for _n in range(BATCH)]),
            REPEATS,
        )
        refused = cost(env, lambda: _refuse(resources[0]), REPEATS)
        month = cost(env, lambda: _find_free(resources[:1]), REPEATS)
        free[size] = cost(env, lambda: _find_free(resources), REPEATS).seconds
        if size == SIZES[-1]:
            state = f"{size:,} bookings there"
            rows += [
                row(f"book one, {state}", one.seconds, event),
                row(f"refuse one, {state}", refused.seconds, event),
                row(
                    f"book {BATCH} at once, {state}, each", many.seconds / BATCH, event
                ),
                row(
                    f"queries to book {BATCH} at once, against one",
                    many.queries,
                    one.queries,
                    "SQL",
                ),
            ]
            ours = {"create": one, "refuse": refused, "month": month}
            rows += _compare(ours, host, state)
    growth = f"growth from {SMALL} to {LARGE} bookings"
    rows.append(row(f"book one, {growth}", booked[SIZES[1]], booked[SIZES[0]]))
    rows.append(row(f"free time of a month, {growth}", free[SIZES[1]], free[SIZES[0]]))
    return rows


def _compare(ours, host, state):
    """Return the rows against the OCA."""
    if not host:
        return [("OCA resource_booking cannot be fetched here", 0, "", None, None)]
    TARGETS.update(OCA_TARGETS)
    works = {"create": "book one", "refuse": "refuse one"}
    return [
        row(
            f"{works.get(key, 'free time of a month')}, {state}, against OCA",
            ours[key].seconds,
            host[key],
        )
        for key in ours
    ]


def _seed(env, resources, kind, first, last):
    env.cr.execute(
        SEED,
        {
            "ids": resources.ids,
            "resources": RESOURCES,
            "start": START,
            "first": first,
            "last": last,
            "kind": kind.id,
        },
    )
    analyze(env, "gestor_booking", "gestor_booking_slot")


def _create_event(env):
    env["calendar.event"].create(
        {"name": "Event", "start": START, "stop": START + HOUR}
    )


def _book(resource, moments):
    bookings = resource.env["gestor.booking"].create(
        [
            {
                "name": "Bench",
                "resource_id": resource.id,
                "start_at": moment,
                "stop_at": moment + HOUR,
            }
            for moment in moments
        ]
    )
    bookings.action_confirm()


def _refuse(resource):
    taken = START - 2 * HOUR
    try:
        with resource.env.cr.savepoint():
            _book(resource, [taken])
    except UserError:
        return
    raise ValueError("a double booking")


def _find_free(resources):
    found = resources._gestor_free_intervals(START - timedelta(days=31), START)
    if not all(found.values()):
        raise ValueError("nothing is free")
