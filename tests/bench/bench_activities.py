"""Activities with an executor and a client, against as many to-dos of the host.

An activity is one record with its executor, its client, its number and the host's own
to-do, so one plain ``mail.activity`` on a contact is the least it can cost.
"""

from datetime import timedelta

from measure import analyze, cost, read_list, row, without_helpers

from odoo import fields
from odoo.fields import Command

COUNT = 1000
LIST_LIMIT = 80
# what a job switches off: nobody reads the log of a thousand documents
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}

TARGETS = {
    f"create {COUNT} activities": 2,
    f"create {COUNT} activities from a template": 2,
    f"list of {LIST_LIMIT} activities": 2,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    # the superuser, as whom a shell works, carries out nothing
    admin = env.ref("base.user_admin")
    env = env(user=admin.id, context={**env.context, **QUIET})
    clients = env["res.partner"].create(
        [{"name": f"Bench {number}"} for number in range(COUNT)]
    )
    task = env.ref("gestor_activities.gestor_activity_type_task")
    template = env["gestor.activity.template"].create(
        {
            "name": "Bench",
            "type_id": task.id,
            "offset_days": 7,
            "is_working_days": True,
            "executor_ids": [Command.create({"rule": "responsible"})],
        }
    )
    now = fields.Datetime.now()
    _create_activities(env, task, clients[:2], now)  # what is read only once
    _create_todos(env, clients[:2], now)
    todos = cost(env, lambda: _create_todos(env, clients, now))
    plain = cost(env, lambda: _create_activities(env, task, clients, now))
    templated = cost(env, lambda: template._gestor_create_activities(now, clients))
    analyze(env, "mail_activity", "gestor_activity", "gestor_activity_executor")
    ours = cost(env, lambda: read_list(env["gestor.activity"], limit=LIST_LIMIT), 5)
    host = cost(env, lambda: read_list(env["mail.activity"], limit=LIST_LIMIT), 5)
    return [
        row(f"create {COUNT} activities", plain.seconds, todos.seconds),
        row(
            f"create {COUNT} activities from a template",
            templated.seconds,
            todos.seconds,
        ),
        row(
            "queries for each activity",
            plain.queries / COUNT,
            todos.queries / COUNT,
            "SQL",
        ),
        row(f"list of {LIST_LIMIT} activities", ours.seconds, host.seconds),
    ]


def _create_todos(env, clients, now):
    todo = env.ref("mail.mail_activity_data_todo")
    model_id = env["ir.model"]._get_id("res.partner")
    env["mail.activity"].create(
        [
            {
                "res_model_id": model_id,
                "res_id": client.id,
                "activity_type_id": todo.id,
                "summary": "Bench",
                "date_deadline": now.date(),
                "user_id": env.uid,
            }
            for client in clients
        ]
    )


def _create_activities(env, task, clients, now):
    env["gestor.activity"].create(
        [
            {
                "name": "Bench",
                "type_id": task.id,
                "planned_start_at": now,
                "planned_stop_at": now + timedelta(hours=1),
                "executor_ids": [Command.create({"user_id": env.uid})],
                "client_ids": [Command.create({"partner_id": client.id})],
            }
            for client in clients
        ]
    )
