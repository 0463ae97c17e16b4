"""What every register is asked with and what it answers, in one plain shape."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stdnum.pl import nip, regon

#: keys of a subject, in the order a person reads them
KEYS = (
    "name",
    "nip",
    "regon",
    "krs",
    "street",
    "zip",
    "city",
    "state",
    "country",
    "phone",
    "email",
    "website",
    "legal_form",
    "kind",
    "pkd",
    "status",
    "started",
    "ended",
    "vat_status",
    "accounts",
    "has_virtual",
    "units",
)
FIRM, PERSON = "firm", "person"
ACTIVE, SUSPENDED, CLOSED = "active", "suspended", "closed"


class Number(NamedTuple):
    """A number to ask with: ``kind`` is nip, regon, krs or vat (with a prefix)."""

    kind: str
    value: str


class Question(NamedTuple):
    """What is to be proved: a number, a bank account of 26 digits with it, or both."""

    number: Number
    account: str = ""

    @property
    def kind(self):
        """The kind of the number: questions of one kind go together."""
        return self.number.kind


@dataclass
class Finding:
    """What one register says about one number.

    :ivar subject: normalised data, see :func:`subject`, or None
    :ivar result: for a proof: ``confirmed``, ``denied`` or ``failed``
    :ivar notes: ``[(code, params)]``, whose words are in ``models/register_texts.py``
    :ivar error: why there is no answer, a ``RegisterError``
    :ivar request_id: the register's own number of the enquiry: the proof
    :ivar requested_at: when, as the register says it
    :ivar raw: the answer as it came
    """

    number: Number
    subject: dict | None = None
    result: str = ""
    notes: list = field(default_factory=list)
    error: Exception | None = None
    request_id: str = ""
    requested_at: str = ""
    raw: bytes = b""
    mime: str = "application/json"


def subject(**values):
    """Return normalised data: only known keys, no empty values, no stray blanks.

    >>> subject(name="  ACME  sp. z o.o. ", street="", accounts=[])
    {'name': 'ACME sp. z o.o.'}
    >>> subject(nmae="x")
    Traceback (most recent call last):
    KeyError: 'nmae'
    """
    clean = {}
    for key, value in values.items():
        if key not in KEYS:
            raise KeyError(key)
        value = text(value) if isinstance(value, str) else value
        if value:
            clean[key] = value
    return clean


def text(value):
    """Return a value of an answer as one line of text; structures become nothing.

    >>> text("  ul.  Długa "), text(12), text(None), text({"a": 1})
    ('ul. Długa', '12', '', '')
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return re.sub(r"\s+", " ", str(value)).strip()


def mapping(value):
    """Return a value of an answer if it is a dictionary, else an empty one.

    >>> mapping({"a": 1}), mapping([1]), mapping(None)
    ({'a': 1}, {}, {})
    """
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list:
    """Return a value of an answer if it is a list, else an empty one.

    >>> sequence([1]), sequence({"a": 1}), sequence(None)
    ([1], [], [])
    """
    return value if isinstance(value, list) else []


def street(name, house, flat=""):
    """Return the line of an address.

    >>> street("ul. Długa", "5A", "12"), street("", "7"), street("ul. Długa", "")
    ('ul. Długa 5A/12', '7', 'ul. Długa')
    """
    house, flat = text(house), text(flat)
    number = f"{house}/{flat}" if house and flat else house or flat
    return f"{text(name)} {number}".strip()


def identify(number):
    """Return the :class:`Number` that a text typed by a person stands for.

    Ten digits may be a NIP or a KRS number; a NIP never begins with 0, a KRS number
    does.

    >>> identify("PL 526-104-08-28"), identify("0000028860")
    (Number(kind='nip', value='5261040828'), Number(kind='krs', value='0000028860'))
    >>> identify("000331501").kind, identify("DE 136 695 976")
    ('regon', Number(kind='vat', value='DE136695976'))
    >>> identify("5261040829"), identify("abc"), identify("0000000000"), identify("")
    (None, None, None, None)

    :rtype: Number or None
    """
    compact = re.sub(r"[\W_]", "", number or "").upper()
    compact = re.sub(r"^(NIP|REGON|KRS)(?=(PL)?\d)", "", compact)
    compact = re.sub(r"^PL(?=\d)", "", compact)
    if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{2,12}", compact) and re.search(r"\d", compact):
        return Number("vat", compact)
    if re.fullmatch(r"0\d{9}", compact) and compact.strip("0"):
        return Number("krs", compact)
    if len(compact) == 10 and compact.isdigit() and nip.is_valid(compact):
        return Number("nip", compact) if compact.strip("0") else None
    if len(compact) in (9, 14) and regon.is_valid(compact) and compact.strip("0"):
        return Number("regon", compact)
    return None


def split_address(line):
    """Return ``(street, zip, city)`` of an address in one line.

    >>> split_address("UL. DŁUGA 5/12, 00-238 WARSZAWA")
    ('UL. DŁUGA 5/12', '00-238', 'WARSZAWA')
    >>> split_address("ALEJE JEROZOLIMSKIE 1 00-508 Warszawa")
    ('ALEJE JEROZOLIMSKIE 1', '00-508', 'Warszawa')
    >>> split_address("somewhere")
    ('somewhere', '', '')
    """
    match = re.fullmatch(r"(.*?)[,\s]*\b(\d\d-\d{3})\s+([^,]+)", text(line))
    if not match:
        return text(line), "", ""
    return match[1], match[2], match[3].strip()


def pkd(code, name="", main=False):
    """Return one activity; codes get their dots.

    >>> pkd("6201Z", "PROGRAMOWANIE", True)
    {'code': '62.01.Z', 'name': 'PROGRAMOWANIE', 'main': True}
    >>> pkd("62.10.B")["code"]
    '62.10.B'
    """
    match = re.fullmatch(r"(\d\d)\.?(\d\d)\.?([A-Z])?", text(code).upper())
    dotted = ".".join(part for part in match.groups() if part) if match else text(code)
    return {"code": dotted, "name": text(name), "main": bool(main)}


def merge(subjects):
    """Return one subject of several, the first register with a value wins.

    >>> merge([("gus", {"name": "A", "city": "B"}), ("krs", {"name": "X", "krs": "1"})])
    ({'name': 'A', 'city': 'B', 'krs': '1'}, {'name': 'gus', 'city': 'gus', 'krs': 'krs'})

    :param subjects: pairs ``(register, subject)`` in the order of trust
    :return: the subject and ``{key: register}``
    """  # noqa: E501
    result, sources = {}, {}
    for register, data in subjects:
        for key, value in data.items():
            if key not in result:
                result[key], sources[key] = value, register
    return result, sources


def same(old, new):
    """Tell whether two texts mean the same: registers write in capitals.

    >>> same("Przykład Sp. z o.o.", "PRZYKŁAD  SP. Z O.O."), same("Długa 5", "ul. DŁUGA 5")
    (True, True)
    >>> same("http://www.acme.example/", "WWW.ACME.EXAMPLE")
    True
    >>> same("Długa 5", "Długa 6"), same("", "a"), same(False, "")
    (False, False, True)
    """  # noqa: E501
    return _bare(old) == _bare(new)


def _bare(value):
    compact = re.sub(r"^https?://|/$", "", text(value or "").casefold())
    compact = re.sub(r"[^\w/]+", " ", compact).strip()
    return re.sub(r"^(ul|ulica) ", "", compact)
