"""CEIDG: sole traders, API version 3.

Source: "Hurtownia danych CEIDG, podręcznik integratora". Fields come in more than one
spelling, so each is read defensively.
"""

from .subject import (
    ACTIVE,
    CLOSED,
    PERSON,
    SUSPENDED,
    mapping,
    pkd,
    sequence,
    street,
    subject,
    text,
)

PATH = "/api/ceidg/v3"
_STATUS = {
    "AKTYWNY": ACTIVE,
    "ZAWIESZONY": SUSPENDED,
    "WYKRESLONY": CLOSED,
    "OCZEKUJE_NA_ROZPOCZECIE_DZIALANOSCI": SUSPENDED,
    "WYLACZNIE_W_FORMIE_SPOLKI": ACTIVE,
}


def read_subject(data):
    """Return the normalised subject of an answer, or None if there is none.

    >>> read_subject({"firma": []}), read_subject([])
    (None, None)
    >>> found = read_subject({"firma": [{"nazwa": "Anna Przykład", "status": "AKTYWNY",
    ...     "wlasciciel": {"nip": "5261040828", "regon": "000331501"},
    ...     "adresDzialalnosci": {"ulica": "ul. Długa", "budynek": "5", "lokal": "2",
    ...                           "kod": "00-238", "miasto": "Warszawa"},
    ...     "pkdGlowny": {"kod": "6210B", "nazwa": "Programowanie"}, "pkd": ["6220A"]}]})
    >>> found["street"], found["zip"], found["regon"], found["status"]
    ('ul. Długa 5/2', '00-238', '000331501', 'active')
    >>> [activity["code"] for activity in found["pkd"]]
    ['62.10.B', '62.20.A']
    """
    firms = sequence(mapping(data).get("firma") or mapping(data).get("firmy"))
    firm = mapping(firms[0]) if firms else {}
    if not text(firm.get("nazwa")):
        return None
    owner = mapping(firm.get("wlasciciel"))
    address = mapping(firm.get("adresDzialalnosci"))
    return subject(
        name=text(firm.get("nazwa")),
        nip=text(owner.get("nip") or firm.get("nip")),
        regon=text(owner.get("regon") or firm.get("regon")),
        street=street(
            address.get("ulica") or address.get("miasto"),
            address.get("budynek"),
            address.get("lokal"),
        ),
        zip=text(address.get("kod") or address.get("kodPocztowy")),
        city=text(address.get("miasto") or address.get("miejscowosc")),
        state=text(address.get("wojewodztwo")).lower(),
        country="PL",
        phone=text(firm.get("telefon")),
        email=text(firm.get("email")).lower(),
        website=text(firm.get("www")).lower(),
        kind=PERSON,
        pkd=_activities(firm),
        status=_STATUS.get(text(firm.get("status")), ""),
        started=text(firm.get("dataRozpoczecia")),
        ended=text(firm.get("dataZakonczenia") or firm.get("dataWykreslenia")),
    )


def _activities(firm):
    """Return the activities, the main one first and once."""
    main = _activity(firm.get("pkdGlowny"), True)
    others = [_activity(item, False) for item in sequence(firm.get("pkd"))]
    found = {item["code"]: item for item in [*others, main] if item["code"]}
    return sorted(found.values(), key=lambda item: not item["main"])


def _activity(item, main):
    if isinstance(item, dict):
        return pkd(item.get("kod") or item.get("symbol"), item.get("nazwa"), main)
    return pkd(item, "", main)
