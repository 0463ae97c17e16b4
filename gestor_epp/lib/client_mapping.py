"""From a row of KONTRAHENCI to the values of a partner.

Empty fields of the file are left out: they never wipe what a record has.
"""

from odoo.addons.gestor_pl.lib import numbers

#: number of the user field -> key in the kept data
_USER_FIELD = "user_%d"


def tidy(pairs):
    """Return the pairs that have a text, with plain line breaks.

    >>> tidy({"a": "one\\r\\ntwo", "b": ""})
    {'a': 'one\\ntwo'}
    """
    lines = {key: "\n".join(text.splitlines()) for key, text in pairs.items()}
    return {key: text for key, text in lines.items() if text}


def kept_data(client):
    """Return what the host has no field for, so that nothing is lost.

    >>> from .epp import Client
    >>> row = ["2", "K1", "Short", "Full", *[""] * 6, "22 111", *[""] * 6, "VIP"]
    >>> kept_data(Client.from_fields(row))
    {'short_name': 'Short', 'fax': '22 111', 'user_1': 'VIP'}
    """
    pairs = {
        "short_name": client.short_name if client.short_name != client.name else "",
        "fax": client.fax,
        "telex": client.telex,
        "supplier_analytic": client.supplier_analytic,
        "customer_analytic": client.customer_analytic,
    }
    for number, text in enumerate(client.user_fields, 1):
        pairs[_USER_FIELD % number] = text
    if any(client.extra):
        pairs["extra"] = " | ".join(filter(None, client.extra))
    return tidy(pairs)


def client_vals(client, country_id):
    """Return the plain values of a partner, without its tax number.

    :param Client client: the row
    :param country_id: id of the country, or nothing
    :rtype: dict
    """
    vals = {
        "ref": client.code,
        "name": client.name,
        "is_company": client.is_company,
        "street": client.street,
        "zip": client.zip,
        "city": client.city,
        "country_id": country_id,
        "company_registry": numbers.compact(client.regon),
        "phone": client.phone,
        "email": client.email,
        "website": client.website,
    }
    return {key: value for key, value in vals.items() if value or key == "is_company"}


def country_code(client):
    """Return the ISO code of the client's country, or nothing.

    The EU writes EL for Greece and XI for Northern Ireland.
    """
    code = client.iso or client.eu_prefix.upper()
    return {"EL": "GR", "XI": "GB"}.get(code, code)
