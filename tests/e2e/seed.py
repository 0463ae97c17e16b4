"""What the administrator has set up before the salesperson comes to work.

Runs in an Odoo shell (``env`` is there); ``SMTP_PORT`` and ``BASE_URL`` are filled in.
"""

import base64

from odoo.fields import Command
from odoo.tools import file_open

GROUPS = (
    "gestor_offers.gestor_offers_group_own",
    "gestor_epp.gestor_epp_group_import",
    "account.group_account_invoice",
)

env["res.users"].create(  # noqa: F821
    {
        "name": "Handlowiec",
        "login": "handlowiec",
        "password": "handlowiec",
        "email": "handlowiec@firma.test",
        "lang": "pl_PL",
        "tz": "Europe/Warsaw",
        "notification_type": "inbox",
        "group_ids": [Command.set([env.ref(name).id for name in GROUPS])],  # noqa: F821
    }
)
env.company.write(  # noqa: F821
    {
        "name": "Firma Przykładowa Sp. z o.o.",
        "street": "ul. Długa 12",
        "zip": "31-147",
        "city": "Kraków",
        "vat": "PL5252248481",
        "phone": "+48 12 345 67 89",
        "email": "biuro@firma.test",
        "website": "https://firma.test",
        "logo": base64.b64encode(
            file_open("gestor_base/static/description/icon.png", "rb").read()
        ),
    }
)
env["ir.mail_server"].create(  # noqa: F821
    {
        "name": "Loopback",
        "smtp_host": "127.0.0.1",
        "smtp_port": SMTP_PORT,  # noqa: F821
        "smtp_encryption": "none",
    }
)
parameters = env["ir.config_parameter"].sudo()  # noqa: F821
parameters.set_param("web.base.url", BASE_URL)  # noqa: F821
parameters.set_param("web.base.url.freeze", "True")
env.cr.commit()  # noqa: F821
