"""Own fields of clients: lists of 80 and creation of 100, against none defined."""

from measure import cost, read_list, row

FIELDS, LISTED, CREATED = 10, 80, 100
REPEATS = 10
HOST_VIEW = "base.view_partner_tree"
LIST = f"list of {LISTED} with {FIELDS} own fields shown"
HIDDEN = f"list of {LISTED}, {FIELDS} own fields not shown"
CREATE = f"create {CREATED} with {FIELDS} own fields"
TARGETS = {HIDDEN: 1.2, LIST: 2, f"{LIST}: queries more": 5, CREATE: 1.3}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    partners = env["res.partner"]
    clients = partners.create([{"name": f"Own {n}"} for n in range(LISTED)])
    plain_list = cost(env, lambda: _read(clients), REPEATS)
    plain_create = cost(env, lambda: _create(env), REPEATS)
    values = _define(env)
    clients.gestor_properties = values
    hidden = cost(env, lambda: _read(clients), REPEATS)
    shown = cost(env, lambda: _read(clients, shown=True), REPEATS)
    create = cost(env, lambda: _create(env, values), REPEATS)
    return [
        row(HIDDEN, hidden.seconds, plain_list.seconds),
        row(LIST, shown.seconds, plain_list.seconds),
        (
            f"{LIST}: queries more",
            shown.queries - plain_list.queries,
            "SQL",
            None,
            shown.queries - plain_list.queries,
        ),
        row(CREATE, create.seconds, plain_create.seconds),
        row(f"{CREATE}: queries", create.queries, plain_create.queries, "SQL"),
    ]


def _define(env):
    """Define the fields, of which two are of a dictionary, and return values."""
    dictionary = env["gestor.dictionary"].create(
        {"name": "Bench", "value_ids": [(0, 0, {"name": f"V {n}"}) for n in range(5)]}
    )
    own_fields = env["gestor.field"].create(
        [
            {
                "name": f"Own {n}",
                "model_id": env["ir.model"]._get_id("res.partner"),
                "kind": "dictionary" if n < 2 else "char",
                "dictionary_id": dictionary.id if n < 2 else False,
            }
            for n in range(FIELDS)
        ]
    )
    value = dictionary.value_ids[0].id
    return {
        own.code: value if own.kind == "dictionary" else "text" for own in own_fields
    }


def _read(clients, shown=False):
    read_list(clients, [("id", "in", clients.ids)], HOST_VIEW)
    if shown:
        clients.read(["gestor_properties"])


def _create(env, values=None):
    more = {"gestor_properties": values} if values else {}
    env["res.partner"].create([{"name": f"New {n}", **more} for n in range(CREATED)])
