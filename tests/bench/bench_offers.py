"""Offers against the host's own quotations, in the same database and run."""

import time

from odoo.fields import Command

OFFERS = 50
VARIANTS = 2
LINES = 5
LIST_LIMIT = 80


def run(env):
    """Measure creating and listing offers.

    :param env: an environment whose transaction is rolled back by the caller
    :return: rows ``(name, value, unit, reference, ratio)``; the reference is the same
        work done by the host alone
    :rtype: list[tuple]
    """
    env = env(context=dict(env.context, tracking_disable=True))
    partner, products = _prepare(env)
    lines = [Command.create({"product_id": product.id}) for product in products]
    orders_s = _measure(env, lambda: _create_orders(env, partner, lines))
    offers_s = _measure(env, lambda: _create_offers(env, partner, lines))
    offer_list_s = _measure(env, lambda: _read_list(env["gestor.offer"]))
    order_list_s = _measure(env, lambda: _read_list(env["sale.order"]))
    count = OFFERS * VARIANTS
    return [
        _row(f"create {OFFERS} offers, {count} variants", offers_s, orders_s),
        _row(f"list of {LIST_LIMIT} offers", offer_list_s, order_list_s),
    ]


def _prepare(env):
    partner = env["res.partner"].create({"name": "Bench", "is_company": True})
    products = env["product.product"].create(
        [
            {"name": f"Bench {number}", "list_price": 10 * number, "type": "consu"}
            for number in range(1, LINES + 1)
        ]
    )
    return partner, products


def _measure(env, action):
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    action()
    env.flush_all()
    return time.perf_counter() - start


def _create_orders(env, partner, lines):
    vals = {"partner_id": partner.id, "order_line": lines}
    env["sale.order"].create([vals.copy() for _number in range(OFFERS * VARIANTS)])


def _create_offers(env, partner, lines):
    variants = [
        Command.create({"order_line": list(lines)}) for _number in range(VARIANTS)
    ]
    env["gestor.offer"].create(
        [{"partner_id": partner.id, "order_ids": variants} for _number in range(OFFERS)]
    )


def _read_list(records):
    """Read the columns of the default list as the web client does."""
    view = records.get_view(view_type="list")
    specification = {
        name: {"fields": {"display_name": {}}}
        if records._fields[name].type == "many2one"
        else {}
        for name in view["models"][records._name]
        if records._fields[name].type not in ("one2many", "many2many", "binary")
    }
    return records.web_search_read([], specification, limit=LIST_LIMIT)


def _row(name, value, reference):
    return name, round(value, 3), "s", round(reference, 3), round(value / reference, 2)
