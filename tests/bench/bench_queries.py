"""An audit of the number of queries of every kind of business document.

Each is created, listed, opened and deleted, with the views that its users see. The
reference is the same work on the host's model without Gestor; a kind that the host
does not have is compared with a tenth of the documents, where ten would mean a query
for each.
"""

from measure import cost, read_list, row

FEW, MANY = 10, 100
LISTED, LISTED_FEW = 80, 8
CREATE, LIST = f"create {MANY}", f"list of {LISTED}"
OPEN, DELETE = "open the form", f"delete {FEW}"
HOST_VALUES = {
    "crm.lead": {"name": "Audit", "type": "opportunity"},
    "product.template": {"name": "Audit"},
    "res.partner": {"name": "Audit", "is_company": True},
}
OWN_MODELS = (
    "gestor.activity",
    "gestor.booking",
    "gestor.booking.series",
    "gestor.offer",
    "gestor.outage",
    "gestor.resource",
)
WITH_CLIENT = {"crm.lead", "gestor.activity", "gestor.offer"}
TARGETS = {f"{model}: {CREATE}": 1.1 for model in HOST_VALUES} | {
    f"{model}: {LIST}": 1.2 for model in OWN_MODELS
}


def run(env, host):
    """Return the measured rows ``(name, value, unit, reference, ratio)``.

    :param dict host: what ``run_host()`` found in the database without Gestor
    :raise ValueError: if there is a kind of document that nobody audits
    """
    documents = {
        name
        for name in env["gestor.document.mixin"]._gestor_implementers()
        if not name.startswith("test.")
    }
    if missing := documents - HOST_VALUES.keys() - set(OWN_MODELS):
        raise ValueError(f"no values for {', '.join(sorted(missing))}")
    ours = run_host(env)
    rows = [row(name, queries, host[name], "SQL") for name, queries in ours.items()]
    for model, vals in get_own_values(env).items():
        few = audit(env, model, vals, FEW, LISTED_FEW)
        many = audit(env, model, vals, MANY, LISTED)
        rows += [row(name, queries, few[name], "SQL") for name, queries in many.items()]
    return rows


def get_own_values(env):
    """Return ``{model: values}`` of the kinds of documents that the host has not."""
    kind = env.ref("gestor_resources.gestor_resource_kind_room").id
    resource = env["gestor.resource"].create({"name": "Audit", "kind_id": kind}).id
    planned = {"name": "Audit", "resource_id": resource}
    day = {"start_at": "2030-01-01 08:00:00", "stop_at": "2030-01-01 10:00:00"}
    cycle = {
        "cycle_start_at": "2030-01-01 08:00:00",
        "cycle_frequency": "daily",
        "cycle_end": "never",
    }
    # the program, who runs this, carries out nothing himself
    user_id = env.ref("base.user_admin").id
    values = (
        {"name": "Audit", "user_id": user_id},
        {**planned, **day},
        {**planned, **cycle},
        {},
        {**planned, **day},
        {"name": "Audit", "kind_id": kind},
    )
    return dict(zip(OWN_MODELS, values, strict=True))


def run_host(env):
    """Return ``{name of the work: queries}``; called in both databases."""
    found = {}
    for model, vals in HOST_VALUES.items():
        found |= audit(env, model, vals, MANY, LISTED)
    return found


def audit(env, model, vals, count, listed):
    """Return ``{name of the work: queries}`` of one kind of document."""
    records = env[model]

    def queries(work):
        work()  # views, rules and translations are known afterwards
        return cost(env, work).queries

    created = queries(lambda: make(env, model, vals, count))
    ids = records.search([], order="id desc", limit=count).ids
    return {
        f"{model}: {CREATE}": created,
        f"{model}: {LIST}": queries(
            lambda: read_list(records, [("id", "in", ids)], limit=listed)
        ),
        f"{model}: {OPEN}": queries(lambda: open_form(records.browse(ids[0]))),
        f"{model}: {DELETE}": cost(
            env, lambda: records.browse(ids[:FEW]).unlink()
        ).queries,
    }


def make(env, model, vals, count):
    """Create some documents, each of another client where they have one."""
    vals_list = [{**vals} for _number in range(count)]
    if model in WITH_CLIENT:
        clients = env["res.partner"].create(
            [{"name": f"Client {number}"} for number in range(count)]
        )
        for values, client in zip(vals_list, clients, strict=True):
            values["partner_id"] = client.id
    env[model].create(vals_list)


def open_form(document):
    """Read the fields of the form as the web client does, relations by their names."""
    columns = document.get_view(False, "form")["models"][document._name]
    kinds = {name: document._fields[name].type for name in columns}
    specification = {
        name: {"fields": {"display_name": {}}}
        if kind in ("many2one", "one2many", "many2many")
        else {}
        for name, kind in kinds.items()
        if kind != "binary"
    }
    document.web_read(specification)
