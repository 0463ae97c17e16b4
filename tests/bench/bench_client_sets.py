"""Refresh of a dynamic client set in SQL against reading the records that it finds.

The reference does what a set kept in Python would have to: find the clients, read who
they are and compare with who was in. A list filtered by a set is compared with one
filtered by a tag of the host.
"""

import tracemalloc

from bench_clients import seed
from measure import analyze, cost, row, without_helpers

SIZES = (10_000, 100_000)
MOVED = 1_000
DOMAIN = [("name", "!=", False), ("parent_id", "=", False)]

SMALL, LARGE = (f"{size:,}" for size in SIZES)
TARGETS = {
    f"refresh, time, {LARGE} clients": 1,
    f"refresh, peak memory, {LARGE} clients": 0.05,
    f"check of data, time, {LARGE} clients": 1,
    f"refresh, growth of queries from {SMALL} to {LARGE}": 1,
    f"list of 80 clients in a set, {LARGE} clients": 1.5,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    client_set = env["gestor.client.set"].create(
        {"name": "Bench", "kind": "dynamic", "domain": repr(DOMAIN)}
    )
    check = env["gestor.data.check"].create(
        {"name": "Bench", "domain": "[('zip', '=', False)]"}
    )
    rows, queries, first = [], {}, 1
    for size in SIZES:
        seed(env, first, size)
        first = size + 1
        analyze(env, "res_partner")
        client_set._refresh()
        analyze(env, "gestor_client_set_member")
        ours = cost(env, lambda: _refresh(env, client_set))
        read = cost(env, lambda: _read(env, client_set))
        found = cost(env, lambda: _check(env, check))
        queries[size] = ours.queries
        rows += [
            row(f"refresh, time, {size:,} clients", ours.seconds, read.seconds),
            row(
                f"refresh, peak memory, {size:,} clients",
                _peak(env, lambda: _refresh(env, client_set)),
                _peak(env, lambda: _read(env, client_set)),
                "MB",
            ),
            row(f"check of data, time, {size:,} clients", found.seconds, read.seconds),
        ]
    name = f"refresh, growth of queries from {SMALL} to {LARGE}"
    rows.append(row(name, queries[SIZES[1]], queries[SIZES[0]], "SQL"))
    tag = env["res.partner.category"].create({"name": "Bench"})
    env.cr.execute(
        """INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
           SELECT partner_id, %s FROM gestor_client_set_member WHERE set_id = %s""",
        [tag.id, client_set.id],
    )
    analyze(env, "res_partner_res_partner_category_rel")
    tagged = [*DOMAIN, ("category_id", "in", tag.ids)]
    plain = cost(env, lambda: _list(env, tagged), 10)
    domain = [*DOMAIN, ("gestor_client_set_ids", "in", client_set.ids)]
    inside = cost(env, lambda: _list(env, domain), 10)
    name = f"list of 80 clients in a set, {LARGE} clients"
    rows.append(row(name, inside.seconds, plain.seconds))
    return rows


def _refresh(env, client_set):
    """Take some members out behind the back of the set, and refresh it."""
    env.cr.execute(
        """DELETE FROM gestor_client_set_member WHERE id IN (
               SELECT id FROM gestor_client_set_member WHERE set_id = %s LIMIT %s)""",
        [client_set.id, MOVED],
    )
    client_set._refresh()
    if client_set.entered_count != MOVED:
        raise ValueError(f"wrong count: {client_set.entered_count}")


def _check(env, check):
    """Find everything anew."""
    env.cr.execute("DELETE FROM gestor_data_issue WHERE check_id = %s", [check.id])
    check._refresh()
    if check.issue_count < SIZES[0]:
        raise ValueError(f"wrong count: {check.issue_count}")


def _read(env, client_set):
    partners = env["res.partner"].search(DOMAIN)
    names = dict.fromkeys(partners.mapped("display_name"))
    members = env["gestor.client.set.member"].search([("set_id", "=", client_set.id)])
    return len(partners - members.partner_id), len(names)


def _list(env, domain):
    env["res.partner"].search_fetch(domain, ["name", "city"], limit=80)


def _peak(env, work):
    """Return the most memory in use during some work, in MB, above the start."""
    env.flush_all()
    env.invalidate_all()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
