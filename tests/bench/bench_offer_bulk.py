"""Offers for a client set, against the host's batched create and against one by one."""

from measure import cost, row, without_helpers

from odoo.fields import Command

from odoo.addons.gestor_client_sets.models.gestor_set_use import CHUNK
from odoo.addons.gestor_offer_bulk.models.gestor_set_use_offers import QUIET

SIZE = 1_000
LINES = 5
ONE_BY_ONE = 100  # a tenth is enough to know what one costs

TARGETS = {
    f"{SIZE:,} offers for a set, against a batch of orders": 1.1,
    f"{SIZE:,} offers for a set, against one by one": 1,
}


def run(env):
    """Return the measured rows ``(name, value, unit, reference, ratio)``."""
    without_helpers(env)
    env = env(context={**env.context, **QUIET})
    products = env["product.product"].create(
        [{"name": f"Bench {number}", "list_price": 10} for number in range(LINES)]
    )
    lines = [Command.create({"product_id": product.id}) for product in products]
    clients = env["res.partner"].create(
        [
            {"name": f"Bench {number}", "email": f"bench{number}@example.com"}
            for number in range(SIZE)
        ]
    )
    pattern = env["gestor.offer"].create(
        {
            "partner_id": clients[0].id,
            "order_ids": [Command.create({"order_line": lines})],
        }
    )
    template = env["gestor.record.template"]._gestor_save(pattern)
    batch = env["gestor.offer.batch"].create(
        {"name": "Bench", "user_id": env.uid, "company_id": env.company.id}
    )
    values = {"template_id": template.id, "batch_id": batch.id}
    use = env["gestor.set.use.offers"]
    use._run(clients[:1], values)  # what is read only once

    def make():
        for start in range(0, SIZE, CHUNK):
            use._run(clients[start : start + CHUNK], values)
            env.flush_all()

    def make_orders():
        for start in range(0, SIZE, CHUNK):
            env["sale.order"].create(
                [
                    {"partner_id": client.id, "order_line": lines}
                    for client in clients[start : start + CHUNK]
                ]
            )
            env.flush_all()

    def make_one_by_one():
        for client in clients[:ONE_BY_ONE]:
            template._gestor_create_document({"partner_id": client.id})
            env.flush_all()

    orders = cost(env, make_orders)
    single = cost(env, make_one_by_one)
    ours = cost(env, make)
    name = f"{SIZE:,} offers for a set, against"
    return [
        row(f"{name} a batch of orders", ours.seconds, orders.seconds),
        row(f"{name} one by one", ours.seconds, single.seconds * SIZE / ONE_BY_ONE),
        row(
            "queries for each offer", ours.queries / SIZE, orders.queries / SIZE, "SQL"
        ),
    ]
