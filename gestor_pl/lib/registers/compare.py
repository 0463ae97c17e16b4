"""What a register says against what we have."""

from .subject import same

#: what people keep up to date better than registers: only empty fields are proposed
CONTACT_KEYS = {"phone", "email", "website"}
MAX_ACCOUNTS = 20
#: what a bulk check compares; the names and streets are spelt in too many ways
CHECKED_KEYS = ("regon", "zip", "city")


def shown(key, value):
    """Return a value of a subject as the text that is compared and written.

    >>> shown("pkd", [{"code": "62.10.B", "name": "PROGRAMOWANIE", "main": True}])
    '62.10.B PROGRAMOWANIE'
    >>> shown("city", None)
    ''
    """
    if key == "pkd":
        items = sorted(value or [], key=lambda item: not item["main"])
        return "\n".join(f"{item['code']} {item['name']}".strip() for item in items)
    return value or ""


def differences(subject, current):
    """Return what differs from a client: first its fields, then accounts and units.

    >>> rows = differences({"city": "ŁÓDŹ", "zip": "90-001", "phone": "1"},
    ...                    {"city": "Łódź", "zip": "", "phone": "2"})
    >>> [(row["key"], row["old_value"], row["take"]) for row in rows]
    [('zip', '', True), ('phone', '2', False)]

    :param dict subject: of a register
    :param dict current: ``{key: text}`` of a client, in the order of the rows
    :rtype: list[dict]
    """
    rows = []
    for key, old in current.items():
        new = shown(key, subject.get(key))
        if new and not same(old, new):
            take = not old or key not in CONTACT_KEYS
            rows.append(_row("field", key, new, take, old_value=old))
    return rows


def new_accounts(subject, known, take):
    """Return a row for each account on the white list that the client has not.

    >>> rows = new_accounts({"accounts": ["1" * 26, "2" * 26]}, ["PL" + "1" * 26], True)
    >>> [row["new_value"][:4] for row in rows]
    ['PL22']
    """
    numbers = [f"PL{number}" for number in subject.get("accounts", [])]
    missing = [number for number in numbers if number not in known]
    return [_row("account", "accounts", it, take) for it in missing[:MAX_ACCOUNTS]]


def new_units(subject, known):
    """Return a row for each local unit that the client has not.

    >>> unit = {"name": "Oddział", "street": "Długa 7", "zip": "80-001",
    ...         "city": "Gdańsk"}
    >>> new_units({"units": [unit]}, set())[0]["new_value"]
    'Oddział, Długa 7, 80-001 Gdańsk'
    >>> new_units({"units": [unit]}, {("Oddział", "Długa 7", "80-001")})
    []

    :param known: ``(name, street, post code)`` of the client's addresses
    """
    rows = []
    for unit in subject.get("units", []):
        name, street, code = unit["name"], unit["street"], unit["zip"]
        if (name, street, code) not in known:
            text = f"{name}, {street}, {code} {unit['city']}"
            rows.append(_row("unit", "units", text, False, payload=unit))
    return rows


def _row(kind, key, value, take, **values):
    return {"kind": kind, "key": key, "new_value": value, "take": take, **values}


def judge(finding, current, accounts=()):
    """Return ``(state, differing keys, accounts that are not listed)`` of a check.

    Only what the client has is compared: an empty field is no contradiction.

    :param Finding finding: without an error
    :param dict current: ``{key: text}`` of the client
    :param accounts: the client's Polish accounts, each ``PL`` and 26 digits
    """
    if finding.result != "confirmed":
        return "denied", [], []
    subject = finding.subject or {}
    keys = [
        key
        for key in CHECKED_KEYS
        if current.get(key) and subject.get(key)
        and not same(current[key], subject[key])
    ]  # fmt: skip
    unlisted = []
    # accounts behind a mask are found by a question about one account only
    if "vat_status" in subject and not subject.get("has_virtual"):
        listed = {f"PL{number}" for number in subject.get("accounts", [])}
        unlisted = [number for number in accounts if number not in listed]
    return "differs" if keys or unlisted else "confirmed", keys, unlisted
