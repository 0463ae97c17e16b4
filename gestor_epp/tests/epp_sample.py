"""Make EDI++ files for the tests: deterministic, nothing of the host needed.

>>> build(clients=2, goods=1).startswith(b"[INFO]")
True
>>> build(seed=7) == build(seed=7)
True
"""

import random

PRICE_NAMES = ("Detaliczna", "Hurtowa", "Specjalna")
_MARKUPS = (35, 20, 10)
_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_FIRST = ("Anna", "Łukasz", "Żaneta", "Święcisław", "Ewa", "Józef", "Michał", "Róża")
_LAST = ("Gęsiarz", "Wójcik", "Dąbek", "Śliwa", "Łoś", "Źrebak", "Ćwik", "Kowalski")
_TRADES = ("Hurtownia", "Zakład", "Gabinety", "Spółdzielnia", "Studio", "Piekarnia")
_FORMS = ("Sp. z o.o.", "S.A.", "Sp.j.", "i syn s.c.")
_CITIES = ("Łódź", "Gdańsk", "Kędzierzyn-Koźle", "Ełk", "Świdnik", "Żary", "Chrzanów")
_STREETS = ("Górnicza", "Łąkowa", "Świętej Barbary", "Ćwiartki 3 Maja", "Zakątek")
_THINGS = ("Drukarka", "Przewód", "Monitor", "Zasilacz", "Żarówka", "Łącznik")
_WORKS = ("Naprawa", "Wdrożenie", "Szkolenie", "Dojazd")
_BANKS = ("mBank", "PKO BP", "ING Bank Śląski")
_GROUPS = ("Hurt", "Detal", "Serwis")
_UNITS = ("szt.", "kg", "mb", "kpl.", "opak.")
_WORK_UNITS = ("godz.", "usł.", "km")
_VAT = (("23", 23), ("8", 8), ("5", 5), ("zw", -1))


def nip(rng):
    """Return ten digits with the right check digit."""
    while True:
        digits = [rng.randrange(1, 10) for _ in range(9)]
        check = sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return "".join(map(str, [*digits, check]))


def spell_nip(number, way):
    """Write a NIP in one of the four spellings people use."""
    a, b, c, d = number[:3], number[3:6], number[6:8], number[8:]
    return (number, f"PL{number}", f"{a}-{b}-{c}-{d}", f"{a}-{number[3:5]}-"
            f"{number[5:7]}-{number[7:]}")[way % 4]  # fmt: skip


def nrb(rng):
    """Return a Polish bank account: 26 digits with the right check digits."""
    body = "".join(str(rng.randrange(10)) for _ in range(24))
    check = 98 - int(body + "252100") % 97
    return f"{check:02d}{body}"


def ean13(rng):
    """Return a barcode with the right check digit."""
    digits = [5, 9, *(rng.randrange(10) for _ in range(10))]
    check = -sum(d * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10
    return "".join(map(str, [*digits, check]))


def field(value):
    """Write one field: numbers bare, texts quoted, nothing for ``None``.

    >>> field('a "b" c'), field(1.5), field(2), field(None), field("")
    ('"a ""b"" c"', '1.5000', '2', '', '')
    """
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, int):
        return str(value)
    return '"{}"'.format(value.replace('"', '""'))


def row(values):
    """Write one record without its line end."""
    return ",".join(map(field, values))


def info(codepage=1250, version="1.11", nip_number="5261040828", purpose=3):
    """Return the values of the ``[INFO]`` line."""
    return [
        version, purpose, codepage, "Subiekt GT", "GT", "TEST", "Firma testowa",
        "Łódź", "90-001", "Piotrkowska 1", nip_number, "MAG", "Magazyn główny",
        "", "", 1, "20260101000000", "20261031000000", "Szef", "20261101101500",
        "Polska", "PL", f"PL{nip_number}", 1,
    ]  # fmt: skip


def client(code, name, *, kind=2, nip="", account="", contact="", **other):
    """Return the values of one row of KONTRAHENCI."""
    get = other.get
    return [
        kind, code, name[:40], name, get("city", "Łódź"), get("zip", "90-001"),
        get("street", "Łąkowa 1"), nip, get("regon"), get("phone"), get("fax"), None,
        get("email"), get("website"), contact, None, get("analytic"),
        get("user_1"), None, None, None, None, None, None, None,
        get("bank", "mBank" if account else None), account,
        get("country", "Polska"), get("prefix", "PL"), 1, get("iso", "PL"),
    ]  # fmt: skip


def good(code, name, *, kind=1, unit="szt.", vat="23", percent=23, **other):
    """Return the values of one row of TOWARY."""
    get = other.get
    return [
        kind, code, get("maker"), get("barcode"), name, get("description"), name, None,
        get("pkwiu"), unit, vat, float(percent), get("purchase_vat", vat),
        float(percent), float(get("cost", 0)), 0.0, None, 0, "PLN", None, unit, 0.0,
        get("days", 3), get("supplier"), None, 0, None, 0.0, 0.0, None, 0,
        get("remarks"), 0, 0, *[None] * 8,
    ]  # fmt: skip


def price(code, name, net, percent=23):
    """Return the values of one row of CENNIK."""
    return [
        code,
        name,
        float(net),
        round(net * (100 + percent) / 100, 2),
        0.0,
        0.0,
        0.0,
    ]


def trade_document(symbol, number, day, *, client=None, gross=123.0, **other):
    """Return the values of the header of a trade document."""
    get = other.get
    code, name, nip_number = client or (None, None, None)
    net = round(gross / 1.23, 2)
    return [
        symbol, get("state", 1), 0, 1, get("reference"), None, number,
        get("corrected"), None, get("order"), None, code, name, name, "Łódź", "90-001",
        "Łąkowa 1", nip_number, get("category", "Sprzedaż"), None, "Łódź",
        f"{day}000000", f"{day}000000", None, get("lines", 1), 1, "Detaliczna",
        float(net), round(gross - net, 2), float(gross), 0.0, None, 0.0,
        get("payment", "przelew"), None, 0.0, float(gross), 0, 0, 1, 0, "Szef", None,
        None, 0.0, 0.0, get("currency", "PLN"), 1.0, get("remarks"), None, None, None,
        0, 0, 0, None, 0.0, None, 0.0, "Polska", "PL", 1,
    ]  # fmt: skip


def document_line(number, code, quantity, price, name=None):
    """Return the values of a line of a document."""
    net = round(quantity * price, 2)
    tax = round(net * 0.23, 2)
    return [
        number, 1, code, 1, 1, 0, 0, 0.0, 0.0, "szt.", float(quantity),
        float(quantity), 0.0, float(price), round(price * 1.23, 2), 23.0, net, tax,
        net + tax, 0.0, None, name,
    ]  # fmt: skip


def cash_document(symbol, number, day, amount, client=None):
    """Return the values of a cash or bank document, which is a header alone."""
    code, name, nip_number = client or (None, None, None)
    return [
        symbol, 1, 1, number, f"{day}000000", 0, code, name, name, "Łódź", "90-001",
        "Łąkowa 1", nip_number, *[None] * 21, "Zapłata", None, "FS 1/2026", 1, None,
        None, None, 0.0, float(amount), 0, None, None, None, "Szef", None, "K1",
        "Kasa", None, None, "Polska", "PL", 1,
    ]  # fmt: skip


def document(sections, header=None, encoding="cp1250", end="\r\n"):
    """Write a whole file.

    :param sections: pairs of a key word (or the values of a header) and rows
    """
    lines = ["[INFO]", row(header or info()), ""]
    for name, rows in sections:
        head = [name] if isinstance(name, str) else name
        lines += ["[NAGLOWEK]", row(head), ""]
        if rows is not None:  # cash and bank documents have no content at all
            lines += ["[ZAWARTOSC]", *map(row, rows), ""]
    return (end.join(lines) + end).encode(encoding)


def _client(rng, number):
    code = f"K{number:05d}"
    town = {
        "city": rng.choice(_CITIES),
        "zip": f"{rng.randrange(10, 99)}-{rng.randrange(100, 999)}",
        "street": f"{rng.choice(_STREETS)} {rng.randrange(1, 200)}",
        "phone": f"+48 {rng.randrange(500, 800)} {rng.randrange(100, 999)} 123",
        "account": nrb(rng) if number % 3 else "",
        "bank": rng.choice(_BANKS) if number % 3 else "",
        "user_1": rng.choice(("VIP", "hurt", None)),
    }
    person = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    if number % 4 == 0:
        email = f"osoba{number}@example.com"
        return client(code, person, kind=rng.choice((4, 6, 7)), email=email, **town)
    name = f"{rng.choice(_TRADES)} {rng.choice(_LAST)} {number} {rng.choice(_FORMS)}"
    return client(
        code,
        name,
        kind=rng.choice((0, 1, 2)),
        nip=spell_nip(nip(rng), number),
        contact=person,
        email=f"biuro{number}@example.com",
        website=f"www.firma{number}.example.com",
        **town,
    )


def _good(rng, number, clients):
    code, cost = f"T{number:05d}", rng.randrange(1000, 400000) / 100
    symbol, percent = rng.choice(_VAT)
    supplier = f"K{rng.randrange(1, clients + 1):05d}" if clients else None
    common = {"vat": symbol, "percent": percent, "cost": cost}
    if number % 5 == 0:
        name = f"{rng.choice(_WORKS)} {number}"
        unit = rng.choice(_WORK_UNITS)
        return good(code, name, kind=2, unit=unit, pkwiu="95.11.1", **common), cost
    remarks = 'Linia 1\r\nLinia 2, z "cudzysłowem"' if number % 4 == 0 else None
    values = good(
        code,
        f"{rng.choice(_THINGS)} {number}",
        unit=rng.choice(_UNITS),
        barcode=ean13(rng),
        maker=f"PR{number}",
        pkwiu="26.20.1",
        supplier=supplier,
        description=f"Opis towaru nr {number}, żółty",
        remarks=remarks,
        **common,
    )
    return values, cost


def build(clients=60, goods=40, seed=1, encoding="cp1250") -> bytes:
    """Return a file with clients, their groups, goods and three price lists.

    :param int clients: how many clients, codes K00001, K00002...
    :param int goods: how many goods and services, codes T00001, T00002...
    :param int seed: the same seed gives the same bytes
    """
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    client_rows = [_client(rng, n) for n in range(1, clients + 1)]
    groups = [(values[1], rng.choice(_GROUPS)) for values in client_rows]
    made = [_good(rng, n, clients) for n in range(1, goods + 1)]
    prices = [
        price(values[1], name, round(cost * (100 + markup) / 100, 2), values[11])
        for values, cost in made
        for name, markup in zip(PRICE_NAMES, _MARKUPS, strict=True)
    ]
    return document(
        [
            ("KONTRAHENCI", client_rows),
            ("GRUPYKONTRAHENTOW", groups),
            ("TOWARY", [values for values, _cost in made]),
            ("CENNIK", prices),
        ],
        info(codepage=int(encoding.removeprefix("cp"))),
        encoding,
    )
