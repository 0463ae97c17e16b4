"""Offers, their lists and prints against the host's own quotations.

Reference of the prints: the limit that a person waits for one, and one print alone.
"""

import resource

from measure import analyze, cost, read_list, row, without_helpers

from odoo.fields import Command

SIZES = (10, 100)
VARIANTS, LINES = 2, 5
LIST_LIMIT = 80
REPORT = "gestor_offers.gestor_offer_report"
LIMIT_SECONDS = 0.5  # a print of one page
LIMIT_GROWTH_MB = 100  # 100 prints in one call
# what a job switches off: nobody reads the log of a thousand documents
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}

LARGE = SIZES[-1]
TARGETS = {
    f"create {LARGE} offers of {VARIANTS} variants": 1.1,
    f"create {LARGE} offers of 1 variant": 1.1,
    f"list of {LIST_LIMIT} offers": 1.2,
    "print of an offer, the limit": 1,
    f"print of {LARGE} offers, growth of memory": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    env = env(context={**env.context, **QUIET})
    client, lines = _prepare(env)
    _create_offers(env, client, lines, 1, 1)  # what is read only once
    rows = []
    for size in SIZES:
        for variants in (1, VARIANTS):
            orders = cost(
                env, lambda n=size * variants: _create_orders(env, client, lines, n)
            )
            offers = cost(
                env,
                lambda n=size, each=variants: _create_offers(
                    env, client, lines, n, each
                ),
            )
            name = f"create {size} offers of {variants} variant" + "s" * (variants > 1)
            rows.append(row(name, offers.seconds, orders.seconds))
    rows.append(
        row(
            f"queries for each of {LARGE} offers of {VARIANTS} variants",
            offers.queries / LARGE,
            orders.queries / LARGE,
            "SQL",
        )
    )
    analyze(env, "sale_order", "gestor_offer")
    offers = cost(env, lambda: read_list(env["gestor.offer"], limit=LIST_LIMIT), 5)
    orders = cost(env, lambda: read_list(env["sale.order"], limit=LIST_LIMIT), 5)
    rows.append(row(f"list of {LIST_LIMIT} offers", offers.seconds, orders.seconds))
    return rows + _prints(env)


def _prepare(env):
    client = env["res.partner"].create({"name": "Bench", "is_company": True})
    products = env["product.product"].create(
        [
            {"name": f"Bench {number}", "list_price": 10 * number, "type": "consu"}
            for number in range(1, LINES + 1)
        ]
    )
    return client, [Command.create({"product_id": product.id}) for product in products]


def _create_orders(env, client, lines, count):
    vals = {"partner_id": client.id, "order_line": lines}
    env["sale.order"].create([vals.copy() for _number in range(count)])


def _create_offers(env, client, lines, count, variants):
    orders = [
        Command.create({"order_line": list(lines)}) for _number in range(variants)
    ]
    vals = {"partner_id": client.id, "order_ids": orders}
    env["gestor.offer"].create([vals.copy() for _number in range(count)])


def _prints(env):
    offers = env["gestor.offer"].search([], limit=LARGE)
    report = env["ir.actions.report"].with_context(
        force_report_rendering=True, report_pdf_no_attachment=True
    )

    def work(some):
        return lambda: report._render_qweb_pdf(REPORT, some.ids)

    first = cost(env, work(offers[:1])).seconds
    one = cost(env, work(offers[:1]), 5).seconds
    before = _peak_mb()
    bulk = cost(env, work(offers)).seconds
    name = f"print of {len(offers)} offers"
    return [
        row("print of an offer, the first of a process", first, one),
        row("print of an offer, the limit", one, LIMIT_SECONDS),
        row(f"{name}, each", bulk / len(offers), one),
        row(f"{name}, growth of memory", _peak_mb() - before, LIMIT_GROWTH_MB, "MB"),
    ]


def _peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
