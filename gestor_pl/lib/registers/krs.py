"""KRS: the National Court Register, open service of the Ministry of Justice."""

from .subject import ACTIVE, CLOSED, FIRM, mapping, street, subject, text

#: the registers of firms and of associations
REGISTERS = ("P", "S")


def path(number, register):
    """Return where the current extract of a number is.

    >>> path("0000028860", "P")
    '/api/krs/OdpisAktualny/0000028860?rejestr=P&format=json'
    """
    return f"/api/krs/OdpisAktualny/{number}?rejestr={register}&format=json"


def read_subject(data):
    """Return the normalised subject of an extract, or None.

    >>> read_subject({}) is None
    True
    >>> found = read_subject({"odpis": {"naglowekA": {"numerKRS": "0000028860"},
    ...   "dane": {"dzial1": {"danePodmiotu": {"nazwa": "ACME SPÓŁKA AKCYJNA",
    ...     "formaPrawna": "SPÓŁKA AKCYJNA", "identyfikatory":
    ...     {"nip": "5261040828", "regon": "00033150100000"}}, "siedzibaIAdres":
    ...     {"adres": {"ulica": "UL. DŁUGA", "nrDomu": "5", "kodPocztowy": "00-238",
    ...     "miejscowosc": "WARSZAWA"}, "siedziba": {"wojewodztwo": "MAZOWIECKIE"}}}}}})
    >>> found["regon"], found["street"], found["krs"]
    ('000331501', 'UL. DŁUGA 5', '0000028860')
    """
    extract = mapping(mapping(data).get("odpis"))
    parts = mapping(extract.get("dane"))
    first = mapping(parts.get("dzial1"))
    firm = mapping(first.get("danePodmiotu"))
    if not text(firm.get("nazwa")):
        return None
    numbers = mapping(firm.get("identyfikatory"))
    seat = mapping(first.get("siedzibaIAdres"))
    address = mapping(seat.get("adres"))
    head = mapping(extract.get("naglowekA"))
    ended = text(mapping(parts.get("dzial6")).get("wykreslenie"))
    regon = text(numbers.get("regon"))
    return subject(
        name=text(firm.get("nazwa")),
        nip=text(numbers.get("nip")),
        # 14 digits that end in zeros are the firm itself
        regon=regon[:9] if regon.endswith("00000") else regon,
        krs=text(head.get("numerKRS")),
        street=street(
            address.get("ulica"), address.get("nrDomu"), address.get("nrLokalu")
        ),
        zip=text(address.get("kodPocztowy")),
        city=text(address.get("miejscowosc")),
        state=text(mapping(seat.get("siedziba")).get("wojewodztwo")).lower(),
        country="PL",
        email=text(seat.get("adresPocztyElektronicznej")).lower(),
        website=text(seat.get("adresStronyInternetowej")).lower(),
        legal_form=text(firm.get("formaPrawna")).lower(),
        kind=FIRM,
        status=CLOSED if ended else ACTIVE,
        started=text(head.get("dataRejestracjiWKRS")),
    )
