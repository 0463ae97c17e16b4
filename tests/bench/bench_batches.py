"""Batches and lists of the host's own documents, with Gestor installed and without.

The reference is a database with the same addons of the host and of OCA, but none of
Gestor's.
"""

from measure import cost, read_list, row, without_helpers

from odoo.fields import Command

SIZE, LINES, LIST_LIMIT = 200, 5, 80
REPEATS = 3
TARGETS = {
    f"create {SIZE} processes (crm.lead)": 1.1,
    f"create {SIZE} orders of {LINES} lines": 1.1,
    f"list of {LIST_LIMIT} clients, the host's columns": 1.2,
    f"list of {LIST_LIMIT} products, the host's columns": 1.2,
    f"list of {LIST_LIMIT} processes": 1.2,
}
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}
LISTS = {
    f"list of {LIST_LIMIT} clients, the host's columns": (
        "res.partner",
        "base.view_partner_tree",
    ),
    f"list of {LIST_LIMIT} products, the host's columns": (
        "product.template",
        "product.product_template_tree_view",
    ),
    f"list of {LIST_LIMIT} processes": ("crm.lead", "crm.crm_case_tree_view_oppor"),
}


def run(env, host):
    """Return the measured rows ``(name, value, unit, reference, ratio)``.

    :param dict host: what ``run_host()`` found in the database without Gestor
    """
    ours = run_host(env)
    return [row(name, seconds, host[name]) for name, seconds in ours.items()]


def run_host(env):
    """Return ``{name of the work: CPU seconds}``; called in both databases."""
    without_helpers(env)
    env = env(context={**env.context, **QUIET})
    client = env["res.partner"].create({"name": "Bench", "is_company": True})
    products = env["product.product"].create(
        [{"name": f"Bench {n}", "type": "consu"} for n in range(LINES)]
    )
    lines = [Command.create({"product_id": product.id}) for product in products]
    batches = {
        f"create {SIZE} clients": ("res.partner", {"name": "x", "is_company": True}),
        f"create {SIZE} products": ("product.template", {"name": "x"}),
        f"create {SIZE} processes (crm.lead)": (
            "crm.lead",
            {"name": "x", "type": "opportunity", "partner_id": client.id},
        ),
        f"create {SIZE} orders of {LINES} lines": (
            "sale.order",
            {"partner_id": client.id, "order_line": lines},
        ),
    }
    found = {}
    for name, (model, vals) in batches.items():
        env[model].create(vals.copy())  # what is read only once

        def create(model=model, vals=vals):
            env[model].create([vals.copy() for _number in range(SIZE)])

        found[name] = cost(env, create, REPEATS).seconds
    for name, (model, view) in LISTS.items():

        def read(model=model, view=view):
            read_list(env[model], view=view, limit=LIST_LIMIT)

        found[name] = cost(env, read, REPEATS + 2).seconds
    return found
