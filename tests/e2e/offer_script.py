"""Makes one sent offer with two variants; ``LABEL`` names its client.

Runs in an Odoo shell (``env`` is there). The last line is the answer: the numbers of
the offer and its variants, and the link for the client.
"""

import json

from odoo.fields import Command

goods = env["product.product"].create(  # noqa: F821
    {"name": f"Drukarka {LABEL}", "list_price": 100, "type": "consu"}  # noqa: F821
)
client = env["res.partner"].create(  # noqa: F821
    {"name": f"Klient {LABEL}", "email": "klient@klient.test", "lang": "pl_PL"}  # noqa: F821
)
offer = env["gestor.offer"].create({"partner_id": client.id})  # noqa: F821
offer.action_add_variant()
for quantity, variant in enumerate(offer.order_ids, 1):
    variant.order_line = [
        Command.create({"product_id": goods.id, "product_uom_qty": quantity})
    ]
offer.action_prepare()
offer.action_mark_sent()
path = offer.get_portal_url()  # makes the token
env.cr.commit()  # noqa: F821
print(
    json.dumps(
        {
            "id": offer.id,
            "variants": offer.order_ids.ids,
            "path": path,
            "token": offer.access_token,
        }
    )
)
