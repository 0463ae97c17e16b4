"""Counters of links in a list of 80 documents against the same list without them."""

from measure import analyze, cost, read_list, row, without_helpers

SIZES = (1_000, 100_000)
DOCUMENTS, LINKS_EACH = 80, 5
REPEATS = 20
HOST_VIEW = "base.view_partner_tree"

SMALL, LARGE = (f"{size:,}" for size in SIZES)
TARGETS = {
    f"list of {DOCUMENTS} with counters, {LARGE} links": 1.2,
    f"queries for {DOCUMENTS} counters, {LARGE} links": 1,
    f"counters of {DOCUMENTS}, growth from {SMALL} to {LARGE} links": 2,
}

SEED = """
    INSERT INTO gestor_link (model_a, res_id_a, model_b, res_id_b)
    SELECT 'res.partner', first, 'res.partner', first + n
      FROM unnest(%(ids)s) AS first, generate_series(1, %(each)s) AS n
"""


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    partners = env["res.partner"]
    documents = partners.create([{"name": f"Doc {n}"} for n in range(DOCUMENTS)])
    env.flush_all()
    # far from the ids of the documents, which go up one by one
    start = documents[-1].id + 1_000_000
    _add_links(env, documents.ids, LINKS_EACH, 1_000)
    rows, counters, there = [], {}, DOCUMENTS * LINKS_EACH
    for size in SIZES:
        added = (size - there) // 10
        _add_links(env, [start + 20 * n for n in range(added)], 10, 1)
        there, start = size, start + 20 * added
        analyze(env, "gestor_link", "res_partner")
        count = cost(env, lambda: _count(documents), REPEATS)
        counters[size] = count.seconds
        plain = cost(env, lambda: _read(documents), REPEATS)
        ours = cost(env, lambda: _read(documents, "gestor_link_count"), REPEATS)
        reads = f"{size:,} links"
        rows += [
            row(f"queries for {DOCUMENTS} counters, {reads}", count.queries, 1, "SQL"),
            row(
                f"list of {DOCUMENTS} with counters, {reads}",
                ours.seconds,
                plain.seconds,
            ),
        ]
    name = f"counters of {DOCUMENTS}, growth from {SMALL} to {LARGE} links"
    rows.append(row(name, counters[SIZES[1]], counters[SIZES[0]]))
    return rows


def _add_links(env, ids, each, distance):
    query = SEED.replace("first + n", f"first + {distance} + n")
    env.cr.execute(query, {"ids": list(ids), "each": each})


def _count(documents):
    counts = documents.mapped("gestor_link_count")
    if set(counts) != {LINKS_EACH}:
        raise ValueError(f"wrong counts: {counts}")


def _read(documents, *more):
    read_list(documents, [("id", "in", documents.ids)], HOST_VIEW, more)
