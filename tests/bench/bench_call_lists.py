"""Calling from a list: a result with the next client, against the host's own work.

The host's least for the same step: the user marks the next of the same number of to-dos
of contacts as done, looks for the one after it and reads what its form shows of the
contact. A user with the weakest rights does both. One client in ten has contact hours
that are closed. A limit stands as reference where there is nothing to compare with.
"""

from datetime import timedelta

from bench_clients import seed
from measure import Cost, analyze, cost, row, without_helpers

from odoo import Command, fields

SMALL, LARGE, CALLS, REFUSED, ADDED = 1_000, 10_000, 100, 2_000, 1_000
LIMIT, LIMIT_REFUSED = 0.15, 1.0
OWN = "gestor_activities.gestor_activities_group_own"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: what the host's form shows of a contact
SHOWN = {
    name: {}
    for name in (
        *("name", "parent_id", "function", "phone", "email", "website", "vat", "lang"),
        *("street", "street2", "zip", "city", "state_id", "country_id", "category_id"),
        *("user_id", "comment", "child_ids", "company_id", "image_128"),
    )
}

TARGETS = {
    f"result and next client, {LARGE} in the list, against a limit": 1,
    f"result and next client, {LARGE} in the list, against {SMALL}": 1.25,
    f"queries of a result and the next client, {LARGE} against {SMALL}": 1.05,
    f"first client, {LARGE} in the list, against a limit": 1,
    f"first client behind {REFUSED} who refused, against a limit": 1,
    f"{ADDED} clients put into a list": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    user = _create_user(env)
    clients = _create_clients(env)
    small = _create_list(env, user, clients[:SMALL])
    large = _create_list(env, user, clients)
    todos = _create_todos(env, user, clients)
    _close_hours(env, clients[::10])
    analyze(
        env,
        "res_partner",
        "gestor_activity_client",
        "gestor_contact_window",
        "mail_activity",
    )
    env = env(user=user.id)
    few, many = (_call(env, calls.with_env(env)) for calls in (small, large))
    host = _do_todos(env, todos)
    screen = env["gestor.call.screen"]
    first = cost(env, lambda: screen.open(large.id), 10)
    return [
        row(
            f"result and next client, {LARGE} in the list, against a limit",
            many.seconds,
            LIMIT,
        ),
        row(
            f"result and next client, {LARGE} in the list, against {SMALL}",
            many.seconds,
            few.seconds,
        ),
        row(
            f"result and next client, {LARGE} in the list, against a to-do of the host",
            many.seconds,
            host.seconds,
        ),
        row(
            f"queries of a result and the next client, {LARGE} against {SMALL}",
            many.queries,
            few.queries,
            "SQL",
        ),
        row(
            "queries of a result and the next client, against a to-do of the host",
            many.queries,
            host.queries,
            "SQL",
        ),
        row(
            f"first client, {LARGE} in the list, against a limit",
            first.seconds,
            LIMIT,
        ),
        row(
            f"first client behind {REFUSED} who refused, against a limit",
            _open_behind_refused(env, user, clients),
            LIMIT_REFUSED,
        ),
        _add(env, large.with_env(env), clients),
    ]


def _create_user(env):
    return env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench_calls",
            "tz": "Europe/Warsaw",
            "group_ids": [Command.link(env.ref(OWN).id)],
        }
    )


def _create_clients(env):
    last = env["res.partner"].search([], order="id desc", limit=1).id
    seed(env, 1, LARGE + ADDED)
    clients = env["res.partner"].search([("id", ">", last)], order="id")
    # all of them have a phone, and nobody has hours of his own yet
    env.cr.execute(
        "UPDATE res_partner SET phone = '+48 22 ' || (1000000 + id), active = true"
        " WHERE id = ANY(%s)",
        [clients.ids],
    )
    env.invalidate_all()
    return clients


def _create_list(env, user, clients):
    calls = env["gestor.activity"].create(
        {
            "name": "Bench",
            "type_id": env.ref("gestor_activities.gestor_activity_type_phone").id,
            "is_call_list": True,
            "user_id": user.id,
            "executor_ids": [Command.create({"user_id": user.id})],
        }
    )
    calls._gestor_add_call_clients(clients[:LARGE])
    return calls


def _create_todos(env, user, clients):
    todo = env.ref("mail.mail_activity_data_todo")
    model_id = env["ir.model"]._get_id("res.partner")
    today = fields.Date.today()
    return (
        env["mail.activity"]
        .with_context(mail_activity_quick_update=True)
        .create(
            [
                {
                    "activity_type_id": todo.id,
                    "res_model_id": model_id,
                    "res_id": client.id,
                    "user_id": user.id,
                    "date_deadline": today,
                }
                for client in clients[:LARGE]
            ]
        )
    )


def _close_hours(env, clients):
    """Let these clients be called on one day of the week only: not today."""
    open_day = (fields.Date.today() + timedelta(days=3)).weekday()
    hours = {f"is_{day}": number == open_day for number, day in enumerate(DAYS)}
    env["gestor.contact.window"].create(
        [
            {"partner_id": client.id, "hour_from": 8, "hour_to": 16, **hours}
            for client in clients
        ]
    )


def _call(env, calls):
    """Return the mean cost of serving a client and getting the next one."""
    screen = env["gestor.call.screen"]
    result = env.ref("gestor_activities.gestor_activity_result_talked")
    answer = screen.open(calls.id)
    values = {"result_id": result.id, "note": "Bench", "seconds": 60}
    answer = screen.serve(answer["card"]["row_id"], values)
    seconds = queries = 0
    for _call_number in range(CALLS):
        row_id = answer["card"]["row_id"]
        made = []
        one = cost(env, lambda r=row_id, m=made: m.append(screen.serve(r, values)))
        answer = made[0]
        seconds, queries = seconds + one.seconds, queries + one.queries
    if answer["progress"]["served"] != CALLS + 1:
        raise AssertionError(answer["progress"])
    screen.release(answer["card"]["row_id"])
    return Cost(seconds / CALLS, queries / CALLS)


def _do_todos(env, todos):
    """Return the mean cost of the same step with the to-dos of the host."""
    mine = env["mail.activity"].with_context(active_test=True)
    domain = [("id", "in", todos.ids[:LARGE]), ("user_id", "=", env.uid)]

    def step():
        todo = mine.search(domain, limit=1)
        todo.action_feedback("Bench")
        following = mine.search(domain, limit=1)
        partner = env["res.partner"].browse(following.res_id)
        partner.web_read(SHOWN)

    step()
    seconds = queries = 0
    for _call_number in range(CALLS):
        one = cost(env, step)
        seconds, queries = seconds + one.seconds, queries + one.queries
    return Cost(seconds / CALLS, queries / CALLS)


def _open_behind_refused(env, user, clients):
    """Return the seconds until the first client who may be called is shown."""
    clients[:REFUSED].sudo().gestor_is_phone_refused = True
    calls = _create_list(env(su=True), user, clients[: REFUSED + 10])
    screen = env["gestor.call.screen"]
    answers = []
    seconds = cost(env, lambda: answers.append(screen.open(calls.id))).seconds
    if answers[0]["card"]["partner_id"] in clients[:REFUSED].ids:
        raise AssertionError(answers[0]["card"])
    return seconds


def _add(env, calls, clients):
    """Compare a part of a long list being made with as many bare to-dos."""
    fresh = clients[LARGE : LARGE + ADDED].with_env(env)
    ours = cost(env, lambda: calls._gestor_add_call_clients(fresh))
    bare = cost(env, lambda: _create_todos(env(su=True), env.user, fresh))
    return row(f"{ADDED} clients put into a list", ours.seconds, bare.seconds)
