"""Set up the first company as a Polish one; runs in an Odoo shell, before accounting.

The chart of accounts of a company is chosen by its country when it is installed.
"""

env = globals()["env"]
company = env.ref("base.main_company")
company.partner_id.write(
    {
        "name": "Moja Firma sp. z o.o.",
        "street": "ul. Przykładowa 1",
        "street2": False,
        "zip": "00-001",
        "city": "Warszawa",
        "state_id": False,
        "country_id": env.ref("base.pl").id,
        "vat": "PL1234563218",  # valid by its check digit, given to nobody
        "phone": "+48 22 000 00 00",
        "email": "biuro@example.com",
        "website": "https://example.com",
    }
)
company.currency_id = env.ref("base.PLN")
env.ref("base.user_admin").write({"tz": "Europe/Warsaw", "lang": "pl_PL"})
if "resource.calendar" in env:
    env["resource.calendar"].search([]).write({"tz": "Europe/Warsaw"})
env.cr.commit()
