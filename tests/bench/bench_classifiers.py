"""The tree panel and the filter by a node: up to 5,000 nodes with 50,000 goods."""

from measure import analyze, cost, read_list, row, without_helpers

SIZES = ((500, 5_000), (5_000, 50_000))
FAN = 8  # nodes in a node
LIST = "gestor_products.product_template_view_list"
NODES = "gestor_products.gestor_classifier_node_view_list"
REPEATS = 5

LARGE = "{:,} nodes, {:,} goods".format(*SIZES[1])
TARGETS = {
    f"list of 80 goods of a node, {LARGE}": 2,
    # the second tree stands beside the first one: eleven times as much
    f"tree panel with counters, growth to {LARGE}": 20,
    f"queries of the tree panel, growth to {LARGE}": 1,
    f"queries of 80 nodes with counters, growth to {LARGE}": 1,
}

SEED_NODES = """
    INSERT INTO gestor_classifier_node
           (name, classifier_id, parent_id, parent_path, sequence, active)
    SELECT jsonb_build_object('en_US', 'Node ' || n), %(classifier)s, %(root)s, '', n,
           true
      FROM generate_series(1, %(count)s) AS n
    RETURNING id
"""
# each node but the first ones lies in an earlier one; parents come before children
SEED_PARENTS = """
    UPDATE gestor_classifier_node AS node SET parent_id = parent.id
      FROM gestor_classifier_node AS parent
     WHERE node.classifier_id = %(classifier)s AND parent.classifier_id = %(classifier)s
       AND node.sequence > %(fan)s AND parent.sequence = node.sequence / %(fan)s
       AND NOT node.is_root IS TRUE AND NOT parent.is_root IS TRUE
"""
# copies of one, without variants, which neither the list nor the panel reads
SEED_GOODS = """
    INSERT INTO product_template ({columns})
    SELECT {columns} FROM product_template, generate_series(1, %(count)s)
     WHERE id = %(first)s
    RETURNING id
"""
SEED_PLACES = """
    INSERT INTO gestor_classifier_node_product_rel (node_id, product_tmpl_id)
    SELECT DISTINCT (%(nodes)s)[1 + (row * step * 7919) %% %(count)s], id
      FROM (SELECT id, row_number() OVER () AS row
              FROM unnest(%(goods)s) AS id) AS goods, generate_series(1, 2) AS step
"""


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    rows, panels, lists = [], {}, {}
    for nodes, goods in SIZES:
        node = _fill(env, nodes, goods)
        size = f"{nodes:,} nodes, {goods:,} goods"
        panels[nodes] = cost(env, lambda: _panel(env), REPEATS)
        lists[nodes] = cost(env, lambda: _nodes(env), REPEATS)
        plain = cost(env, lambda: _goods(env, []), REPEATS)
        domain = [("gestor_node_id", "child_of", node)]
        ours = cost(env, lambda domain=domain: _goods(env, domain), REPEATS)
        rows.append(
            row(f"list of 80 goods of a node, {size}", ours.seconds, plain.seconds)
        )
    small, large = (panels[nodes] for nodes, _goods_count in SIZES)
    rows += [
        row(
            f"tree panel with counters, growth to {LARGE}", large.seconds, small.seconds
        ),
        row(
            f"queries of the tree panel, growth to {LARGE}",
            large.queries,
            small.queries,
            "SQL",
        ),
        row(
            f"queries of 80 nodes with counters, growth to {LARGE}",
            lists[SIZES[1][0]].queries,
            lists[SIZES[0][0]].queries,
            "SQL",
        ),
    ]
    return rows


def _fill(env, nodes, goods):
    """Add a tree and goods in it; return the id of a node near its top."""
    classifier = env["gestor.classifier"].create({"name": f"Tree of {nodes}"})
    params = {"classifier": classifier.id, "root": classifier.root_id.id, "fan": FAN}
    env.flush_all()
    env.cr.execute(SEED_NODES, params | {"count": nodes})
    ids = [node_id for (node_id,) in env.cr.fetchall()]
    env.cr.execute(SEED_PARENTS, params)
    env["gestor.classifier.node"]._parent_store_compute()
    first = env["product.template"].create({"name": "Goods"})
    env.flush_all()
    columns = ", ".join(
        name
        for name, field in first._fields.items()
        if field.store and field.column_type and name != "id"
    )
    seed = SEED_GOODS.format(columns=columns)
    env.cr.execute(seed, {"first": first.id, "count": goods})
    products = [product_id for (product_id,) in env.cr.fetchall()]
    env.cr.execute(SEED_PLACES, {"nodes": ids, "count": len(ids), "goods": products})
    analyze(
        env,
        "gestor_classifier_node",
        "gestor_classifier_node_product_rel",
        "product_template",
    )
    env.invalidate_all()
    return ids[FAN]


def _panel(env):
    result = env["product.template"].search_panel_select_range(
        "gestor_node_id", enable_counters=True, limit=0
    )
    if not any(value["__count"] for value in result["values"]):
        raise ValueError("nothing was counted")


def _nodes(env):
    read_list(env["gestor.classifier.node"], [], NODES)


def _goods(env, domain):
    if not read_list(env["product.template"], domain, LIST)["records"]:
        raise ValueError("no goods found")
