"""Planned actions that queue mails, against queuing the same mails plainly.

The reference is one loop over the documents that calls the host's ``send_mail``.
Planning is compared with a batched create of as many plain notes (``mail.message``).
"""

from measure import cost, row, without_helpers

DOCUMENTS = 200
REPEATS = 3
QUIET = {"tracking_disable": True, "mail_notrack": True}

TARGETS = {
    f"{DOCUMENTS} mails as planned actions": 1.8,
    "queries for each planned mail": 1.6,
    "queries to plan, 200 against 20": 1.1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    env = env(context={**env.context, **QUIET})
    clients = env["res.partner"].create(
        [
            {"name": f"Client {number}", "email": f"client{number}@example.com"}
            for number in range(DOCUMENTS)
        ]
    )
    template = env["mail.template"].create(
        {
            "name": "Bench",
            "model_id": env["ir.model"]._get_id("res.partner"),
            "subject": "Hello {{ object.name }}",
            "body_html": "<p>Hello <t t-out='object.name'/></p>",
            "partner_to": "{{ object.id }}",
            "email_from": "bench@example.com",
        }
    )
    plain = cost(env, lambda: _send(template, clients), REPEATS)
    ours = cost(env, _each_time_fresh(env, template, clients), REPEATS)
    planning = cost(env, lambda: _plan(env, template, clients), REPEATS)
    few = cost(env, lambda: _plan(env, template, clients[:20]), REPEATS)
    notes = cost(env, lambda: _note(env, clients), REPEATS)
    return [
        row(f"{DOCUMENTS} mails as planned actions", ours.seconds, plain.seconds),
        (
            "planned mails for each second of CPU",
            DOCUMENTS / ours.seconds,
            "1/s",
            DOCUMENTS / plain.seconds,
            plain.seconds / ours.seconds,
        ),
        row(
            "queries for each planned mail",
            ours.queries / DOCUMENTS,
            plain.queries / DOCUMENTS,
            "SQL",
        ),
        row(f"plan {DOCUMENTS} actions", planning.seconds, notes.seconds),
        row("queries to plan, 200 against 20", planning.queries, few.queries, "SQL"),
    ]


def _send(template, clients):
    for client in clients:
        template.send_mail(client.id)


def _plan(env, template, clients):
    return env["gestor.planned.action"]._gestor_plan(
        clients, "mail", {"template_id": template.id}
    )


def _each_time_fresh(env, template, clients):
    """Return the work: the rows of each run are made before the clock starts."""
    batches = [_plan(env, template, clients) for _number in range(REPEATS)]

    def work():
        results = batches.pop()._execute_each()
        if len(results["done"]) != DOCUMENTS:
            raise ValueError(f"not all are done: {results}")

    return work


def _note(env, clients):
    env["mail.message"].create(
        [
            {"model": "res.partner", "res_id": client.id, "body": "x"}
            for client in clients
        ]
    )
