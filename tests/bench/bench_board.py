"""The board of people and resources, two weeks in one request.

References: the limit that a person waits for a screen, the same activities and bookings
read as two calendars of the host would (without free time, absences and load), and a
board of a fifth of the rows.
"""

from datetime import datetime, timedelta

from measure import analyze, cost, row, without_helpers

from odoo.fields import Command

PEOPLE = 50
FEW = 10
DAYS = 14
MONDAY = datetime(2030, 1, 7)
WINDOW = (f"{MONDAY}", f"{MONDAY + timedelta(days=DAYS)}")
GROUP = "gestor_activities.gestor_activities_group_own"
LIMIT_SECONDS = 0.5  # a screen that is looked at all day
QUIET = {"tracking_disable": True, "mail_create_nolog": True}

TARGETS = {
    "board, the limit": 1,
    f"queries of the board, {PEOPLE} rows against {FEW}": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    env = env(context={**env.context, **QUIET})
    _prepare(env)
    analyze(env, "gestor_activity", "gestor_booking", "gestor_booking_slot")
    board = env["gestor.board"]

    def read(text):
        return cost(env, lambda: board.get_board(*WINDOW, {"text": text}), 5)

    read("Bench")  # what is read only once
    many, few = read("Bench"), read("Bench 0")
    plain = cost(env, lambda: _read_plain(env), 5)
    return [
        row("board, the limit", many.seconds, LIMIT_SECONDS),
        row(
            f"board of {PEOPLE} people and {PEOPLE} resources",
            many.seconds,
            plain.seconds,
        ),
        row(
            f"queries of the board, {PEOPLE} rows against {FEW}",
            many.queries,
            few.queries,
            "SQL",
        ),
        row(
            f"time of the board, {PEOPLE} rows against {FEW}",
            many.seconds,
            few.seconds,
        ),
    ]


def _read_plain(env):
    """Read the same records as two calendars of the host would."""
    for model, start, stop, names in (
        (
            "gestor.activity",
            "planned_start_at",
            "planned_stop_at",
            ["name", "state", "user_id", "partner_id", "kind", "executor_ids"],
        ),
        (
            "gestor.booking",
            "start_at",
            "stop_at",
            ["name", "state", "user_id", "resource_id"],
        ),
    ):
        domain = [(start, "<", WINDOW[1]), (stop, ">", WINDOW[0])]
        specification = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in [*names, start, stop]
        }
        env[model].web_search_read(domain, specification)


def _prepare(env):
    """Create people and resources, each with something to do every working day."""
    group = env.ref(GROUP)
    users = env["res.users"].create(
        [
            {
                "name": f"Bench {number:02}",
                "login": f"bench_board_{number}",
                "group_ids": [Command.link(group.id)],
            }
            for number in range(PEOPLE)
        ]
    )
    kind = env["gestor.resource.kind"].create({"name": "Bench"})
    resources = env["gestor.resource"].create(
        [{"name": f"Bench {number:02}", "kind_id": kind.id} for number in range(PEOPLE)]
    )
    starts = [
        MONDAY + timedelta(days=day, hours=8) for day in range(DAYS) if day % 7 < 5
    ]
    task = env.ref("gestor_activities.gestor_activity_type_task")
    env["gestor.activity"].create(
        [
            {
                "name": "Visit",
                "type_id": task.id,
                "user_id": user.id,
                "planned_start_at": start,
                "planned_stop_at": start + timedelta(hours=3),
            }
            for user in users
            for start in starts
        ]
    )
    env["gestor.booking"].create(
        [
            {
                "name": "Visit",
                "resource_id": resource.id,
                "start_at": start,
                "stop_at": start + timedelta(hours=3),
            }
            for resource in resources
            for start in starts
        ]
    ).action_confirm()
