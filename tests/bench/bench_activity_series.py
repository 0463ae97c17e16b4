"""A year of daily meetings made by a series, against the host's own calendar.

The host repeats a meeting with the same two people every day of a year. Gestor makes
activities besides: numbers, executors and their to-dos, and a meeting for each, so the
same with a to-do of the host for each of the people is the second reference. The number
of queries should not depend on the length; what is left of it is the host's writing, a
hundred rows in a statement, which the queries of a further meeting show.
"""

from datetime import datetime, timedelta

from measure import cost, row, without_helpers

from odoo import Command, fields

DAYS, FEW = 365, 30
TARGETS = {
    f"series of {DAYS} meetings, against the host's meetings": 1,
    f"series of {DAYS} meetings, against the host's meetings and to-dos": 1,
    f"queries of a series, {DAYS} meetings against {FEW}": 1.3,
    f"queries to rename {DAYS} meetings, against {FEW}": 1.3,
    "queries of each further meeting, made": 0.2,
    "queries of each further meeting, renamed": 0.1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    # only somebody with a login answers for activities
    env = env(user=env.ref("base.user_admin"))
    without_helpers(env)
    users = _create_users(env)
    start = fields.Datetime.now().replace(hour=8, minute=0, second=0, microsecond=0)
    start += timedelta(days=1)
    _make(env, users, start, DAYS)
    meetings = cost(env, lambda: _make_host(env, users, start, DAYS), 3)
    both = cost(env, lambda: _make_host_todos(env, users, start, DAYS), 3)
    many, few = (
        cost(env, lambda days=days: _make(env, users, start, days), 3)
        for days in (DAYS, FEW)
    )
    renamed = {days: _rename(env, users, start, days) for days in (DAYS, FEW)}
    further = DAYS - FEW
    return [
        row(
            f"series of {DAYS} meetings, against the host's meetings",
            many.seconds,
            meetings.seconds,
        ),
        row(
            f"series of {DAYS} meetings, against the host's meetings and to-dos",
            many.seconds,
            both.seconds,
        ),
        row(
            f"queries of a series, {DAYS} meetings against {FEW}",
            many.queries,
            few.queries,
            "queries",
        ),
        row(
            f"queries to rename {DAYS} meetings, against {FEW}",
            renamed[DAYS],
            renamed[FEW],
            "queries",
        ),
        row(
            "queries of each further meeting, made",
            many.queries - few.queries,
            further,
            "queries",
        ),
        row(
            "queries of each further meeting, renamed",
            renamed[DAYS] - renamed[FEW],
            further,
            "queries",
        ),
    ]


def _create_users(env):
    return env["res.users"].create(
        [
            {
                "name": login,
                "login": f"bench_series_{login}",
                "group_ids": [Command.link(env.ref("base.group_user").id)],
            }
            for login in ("first", "second")
        ]
    )


def _rename(env, users, start: datetime, days):
    """Return the queries that a new name of a series takes."""
    series = _make(env, users, start, days)
    return cost(env, lambda: series.write({"name": "Renamed"})).queries


def _make(env, users, start: datetime, days):
    """Return a daily series of Gestor, with its occurrences."""
    return env["gestor.activity.series"].create(
        {
            "name": "Daily",
            "type_id": env.ref("gestor_activities.gestor_activity_type_meeting").id,
            "cycle_start_at": start,
            "duration_hours": 1,
            "cycle_frequency": "daily",
            "cycle_end": "count",
            "cycle_count": days,
            "cycle_on_holiday": "keep",
            "cycle_on_weekend": "keep",
            "executor_user_ids": [Command.set(users.ids)],
        }
    )


def _make_host(env, users, start: datetime, days):
    """Return a meeting that the host's calendar repeats."""
    return (
        env["calendar.event"]
        .with_context(no_mail_to_attendees=True)
        .create(
            {
                "name": "Daily",
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.set(users.partner_id.ids)],
                "recurrency": True,
                "rrule_type_ui": "daily",
                "rrule_type": "daily",
                "interval": 1,
                "end_type": "count",
                "count": days,
            }
        )
    )


def _make_host_todos(env, users, start: datetime, days):
    """Return to-dos of the host for all people of a meeting that it repeats."""
    meetings = _make_host(env, users, start, days).recurrence_id.calendar_event_ids
    # the host would look up the type of each
    todo = env.ref("mail.mail_activity_data_todo")
    return (
        env["mail.activity"]
        .with_context(mail_activity_quick_update=True)
        .create(
            [
                {
                    "res_model_id": env["ir.model"]._get_id("calendar.event"),
                    "res_id": meeting.id,
                    "activity_type_id": todo.id,
                    "user_id": user.id,
                    "summary": meeting.name,
                    "date_deadline": meeting.start.date(),
                }
                for meeting in meetings
                for user in users
            ]
        )
    )
