"""A month of the common calendar with 10,000 things in one request.

References: the records of the host's own calendar for the same month, read with the
fields of its calendar view as its web client does, the same month with a tenth of the
things, and the limit that a person waits for a screen.
"""

from datetime import datetime, timedelta

from measure import analyze, cost, row, without_helpers

from odoo.fields import Command

MANY, FEW = 10_000, 1_000
MONTH = datetime(2030, 1, 1)
FEW_MONTH = datetime(2031, 1, 1)
DAYS = 31
REPEATS = 3
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
}
LIMIT_SECONDS = 3  # a month that nobody can read any more

TARGETS = {
    f"a month of {MANY:,} meetings, against the host's calendar": 1.2,
    f"a month of {MANY:,} meetings, activities and bookings, the limit": 1,
    f"queries of a month of {MANY:,} things, against {FEW:,}": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    # somebody whose rights are looked at
    user = env.ref("base.user_admin")
    env = env(user=user.id, context={**env.context, **QUIET})
    _create_events(env, MONTH, MANY)
    analyze(env, "calendar_event", "calendar_attendee")
    kind = env["calendar.event"]._gestor_calendar_kinds()[0]["key"]
    meetings = cost(env, lambda: _read(env, MONTH, [kind]), REPEATS)
    host = cost(env, lambda: _read_host(env, user), REPEATS)
    env["calendar.event"].search([("start", ">=", MONTH)])[MANY // 2 :].unlink()
    _create_activities(env, MONTH, MANY // 4)
    _create_bookings(env, MONTH, MANY // 4)
    _create_events(env, FEW_MONTH, FEW // 2)
    _create_activities(env, FEW_MONTH, FEW // 4)
    _create_bookings(env, FEW_MONTH, FEW // 4)
    analyze(env, "calendar_event", "gestor_activity", "gestor_booking")
    many = cost(env, lambda: _read(env, MONTH), REPEATS)
    few = cost(env, lambda: _read(env, FEW_MONTH), REPEATS)
    mixed = f"a month of {MANY:,} meetings, activities and bookings"
    return [
        row(
            f"a month of {MANY:,} meetings, against the host's calendar",
            meetings.seconds,
            host.seconds,
        ),
        row(f"{mixed}, the limit", many.seconds, LIMIT_SECONDS),
        row(f"{mixed}, against {FEW:,}", many.seconds, few.seconds),
        row(
            f"queries of a month of {MANY:,} things, against {FEW:,}",
            many.queries,
            few.queries,
            "SQL",
        ),
    ]


def _read(env, month, kinds=None):
    """Read a month as the common calendar does."""
    window = (f"{month}", f"{month + timedelta(days=DAYS)}")
    found = env["gestor.calendar"].get_items(*window, {"kinds": kinds})
    expected = MANY if month == MONTH else FEW
    if len(found["items"]) < expected:
        raise ValueError("something is missing")


def _read_host(env, user):
    """Read a month as the host's calendar does: its view, its filter of people."""
    events = env["calendar.event"]
    names = [*events.get_view(view_type="calendar")["models"][events._name]]
    found = events.search_read(
        [
            ("start", "<=", MONTH + timedelta(days=DAYS)),
            ("stop", ">=", MONTH),
            ("partner_ids", "in", user.partner_id.ids),
        ],
        names,
    )
    partners = {partner for event in found for partner in event["partner_ids"]}
    ids = [event["id"] for event in found]
    env["res.partner"].browse(partners).get_attendee_detail(ids)


def _get_moments(month, count):
    """Return moments spread over a month."""
    step = timedelta(days=DAYS - 1) / count
    moments = [month + number * step for number in range(count)]
    return [moment.replace(microsecond=0) for moment in moments]


def _create_events(env, month, count):
    env["calendar.event"].create(
        [
            {
                "name": "Meeting",
                "start": moment,
                "stop": moment + timedelta(hours=1),
                "partner_ids": [Command.link(env.user.partner_id.id)],
            }
            for moment in _get_moments(month, count)
        ]
    )


def _create_activities(env, month, count):
    task = env.ref("gestor_activities.gestor_activity_type_task")
    env["gestor.activity"].create(
        [
            {
                "name": "Task",
                "type_id": task.id,
                "user_id": env.uid,
                "planned_start_at": moment,
                "planned_stop_at": moment + timedelta(hours=1),
            }
            for moment in _get_moments(month, count)
        ]
    )


def _create_bookings(env, month, count):
    kind = env["gestor.resource.kind"].create({"name": f"Bench {month:%Y}"})
    resources = env["gestor.resource"].create(
        [{"name": f"Bench {number}", "kind_id": kind.id} for number in range(20)]
    )
    env["gestor.booking"].create(
        [
            {
                "name": "Booking",
                "resource_id": resources[number % 20].id,
                "start_at": moment,
                "stop_at": moment + timedelta(hours=1),
            }
            for number, moment in enumerate(_get_moments(month, count))
        ]
    )
