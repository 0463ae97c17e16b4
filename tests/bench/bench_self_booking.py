"""Self booking: the free slots of a month of ten people who are busy.

The reference is one plain search that reads the rows the slots are made of: executors
with their activities and attendees with their meetings, all in that month.
"""

from datetime import timedelta

from measure import analyze, cost, row, without_helpers

from odoo import fields

PEOPLE, FEW, MANY, DAYS, REPEATS = 10, 200, 2_000, 30, 10
SLOTS = f"slots of a month, {PEOPLE} people, {MANY:,} busy items"
TARGETS = {
    SLOTS: 3,
    f"queries, {MANY:,} busy items against {FEW}": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    start = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
    people = env["res.users"].create(
        [
            {"name": f"Busy {n}", "login": f"bench_self_booking_{n}"}
            for n in range(PEOPLE)
        ]
    )
    page = env["gestor.self.booking.page"].create(
        {"name": "Bench", "user_ids": [(6, 0, people.ids)], "max_days": DAYS}
    )
    _make_busy(env, people, start, range(FEW))
    few = cost(env, lambda: page._gestor_slots(60), REPEATS)
    _make_busy(env, people, start, range(FEW, MANY))
    analyze(
        env,
        "gestor_activity",
        "gestor_activity_executor",
        "calendar_event",
        "calendar_attendee",
    )
    many = cost(env, lambda: _find_slots(page), REPEATS)
    plain = cost(env, lambda: _search(env, people, start), REPEATS)
    return [
        row(SLOTS, many.seconds, plain.seconds),
        row(
            f"queries, {MANY:,} busy items against {FEW}",
            many.queries,
            few.queries,
            "SQL",
        ),
    ]


def _make_busy(env, people, start, numbers):
    """Give each person work all over the month: half activities, half meetings."""
    kind = env.ref("gestor_activities.gestor_activity_type_task")
    activities, events = [], []
    for number in numbers:
        person = people[number % PEOPLE]
        begin = start + timedelta(days=number % DAYS, minutes=13 * (number // DAYS))
        end = begin + timedelta(minutes=20)
        if number % 20 < PEOPLE:
            activities.append(
                {
                    "name": "Busy",
                    "type_id": kind.id,
                    "user_id": person.id,
                    "planned_start_at": begin,
                    "planned_stop_at": end,
                }
            )
        else:
            events.append(
                {
                    "name": "Busy",
                    "user_id": person.id,
                    "partner_ids": [(6, 0, person.partner_id.ids)],
                    "start": begin,
                    "stop": end,
                }
            )
    quiet = {"tracking_disable": True, "no_mail_to_attendees": True}
    env["gestor.activity"].with_context(**quiet).create(activities)
    env["calendar.event"].with_context(**quiet).create(events)
    env.flush_all()


def _find_slots(page):
    if not page._gestor_slots(60):
        raise ValueError("nothing is free")


def _search(env, people, start):
    rows = env["gestor.activity.executor"].search_fetch(
        [("user_id", "in", people.ids), ("activity_id.planned_stop_at", ">", start)],
        ["activity_id", "user_id"],
    )
    rows.activity_id.fetch(["planned_start_at", "planned_stop_at", "is_all_day"])
    attendees = env["calendar.attendee"].search_fetch(
        [
            ("partner_id", "in", people.partner_id.ids),
            ("event_id.stop", ">", start),
            ("event_id.gestor_activity_ids", "=", False),
        ],
        ["event_id", "partner_id"],
    )
    attendees.event_id.fetch(["start", "stop", "allday"])
    if len(rows) + len(attendees) != MANY:
        raise ValueError(f"{len(rows)} and {len(attendees)} rows")
