"""Typed records of the sections that the import understands.

Fields are mapped by position; a file of an older version has fewer of them
(the rest stays empty), a newer one more (``extra`` keeps them).
Source: "Komunikacja - Struktura danych EDI++" 1.11, chapters on KONTRAHENCI,
TOWARY and CENNIK.
"""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .errors import FieldError

_ZERO = Decimal(0)
#: what records are recognised and sorted by; the format allows 20 to 50 signs
MAX_KEY = 128
#: names of clients and goods; the format allows 80 signs
MAX_NAME = 512


def _text(fields, position, name=None):
    return fields[position - 1].strip() if len(fields) >= position else ""


def _short(fields, position, name, limit=MAX_KEY):
    """Return a text that the database can index."""
    text = _text(fields, position)
    if len(text) > limit:
        raise FieldError("field_long", position=position, field=name, value=limit)
    return text


def _number(fields, position, name):
    """Return a decimal; empty is zero, a decimal comma is forgiven."""
    text = _text(fields, position).replace(",", ".")
    if not text:
        return _ZERO
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or abs(value) >= 10**13:
        raise FieldError("bad_number", position=position, field=name, value=text[:40])
    return value


def _integer(fields, position, name):
    return int(_number(fields, position, name))


def _flag(fields, position, name=None):
    """Return a logical: 0 is no; 1 and -1 are yes."""
    return _text(fields, position) not in ("", "0")


def _price(fields, position, name):
    """Return a price, which no discount can make negative."""
    value = _number(fields, position, name)
    if value < 0:
        text = _text(fields, position)
        raise FieldError("negative", position=position, field=name, value=text)
    return value


def _required(fields, position, name):
    text = _short(fields, position, name)
    if not text:
        raise FieldError("missing", position=position, field=name)
    return text


def _kind(fields, position, name, known):
    text = _text(fields, position)
    if text not in known:
        raise FieldError("bad_kind", position=position, field=name, value=text[:40])
    return int(text)


def _need(fields, minimum):
    if len(fields) < minimum:
        raise FieldError("too_few_fields", value=len(fields), minimum=minimum)


class Info(NamedTuple):
    """The ``[INFO]`` line: who wrote the file, when and for whom."""

    version: str
    purpose: str
    codepage: str
    program: str
    sender_code: str
    short_name: str
    long_name: str
    city: str
    zip: str
    street: str
    nip: str

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        >>> Info.from_fields(["1.05", "0", "852"]).codepage
        '852'
        """
        return cls(*(_text(fields, n) for n in range(1, len(cls._fields) + 1)))


class Client(NamedTuple):
    """A row of ``KONTRAHENCI`` (31 fields in version 1.11)."""

    kind: int
    code: str
    short_name: str
    full_name: str
    city: str
    zip: str
    street: str
    nip: str
    regon: str
    phone: str
    fax: str
    telex: str
    email: str
    website: str
    contact: str
    supplier_analytic: str
    customer_analytic: str
    user_fields: tuple
    bank_name: str
    bank_account: str
    country: str
    eu_prefix: str
    is_eu: bool
    iso: str
    extra: tuple

    @property
    def name(self):
        """The full name, else the short one, else the code."""
        return self.full_name or self.short_name or self.code

    @property
    def is_customer(self):
        return self.kind not in (1, 5, 8)

    @property
    def is_supplier(self):
        return self.kind in (0, 1, 4, 5, 7, 8)

    @property
    def is_company(self):
        """Kinds 4-9 are persons; a retail customer (3) is one without a NIP."""
        return self.kind < 3 or (self.kind == 3 and bool(self.nip))

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        :raise FieldError: if kind or code is missing or wrong

        >>> client = Client.from_fields(["7", "K1", "Jan Kowalski"])
        >>> client.name, client.is_company, client.is_customer, client.is_supplier
        ('Jan Kowalski', False, True, True)
        """
        _need(fields, 3)
        return cls(
            _kind(fields, 1, "kind", frozenset("0123456789")),
            _required(fields, 2, "code"),
            _short(fields, 3, "short name", MAX_NAME),
            _short(fields, 4, "full name", MAX_NAME),
            *(_text(fields, n) for n in range(5, 8)),
            _short(fields, 8, "NIP"),
            *(_text(fields, n) for n in range(9, 15)),
            _short(fields, 15, "contact person", MAX_NAME),
            *(_text(fields, n) for n in range(16, 18)),
            tuple(_text(fields, n) for n in range(18, 26)),
            *(_short(fields, n, "bank", MAX_NAME) for n in range(26, 28)),
            *(_text(fields, n) for n in range(28, 30)),
            _flag(fields, 30),
            _text(fields, 31).upper(),
            tuple(fields[31:]),
        )


class ClientTag(NamedTuple):
    """A row of ``GRUPYKONTRAHENTOW`` or ``CECHYKONTRAHENTOW``."""

    code: str
    name: str

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        >>> ClientTag.from_fields(["K1", "Hurt"])
        ClientTag(code='K1', name='Hurt')
        """
        _need(fields, 2)
        return cls(_required(fields, 1, "code"), _required(fields, 2, "name"))


class Good(NamedTuple):
    """A row of ``TOWARY`` (42 fields in version 1.11)."""

    kind: int
    code: str
    manufacturer_code: str
    barcode: str
    label: str
    description: str
    fiscal_name: str
    sww: str
    pkwiu: str
    unit: str
    vat: str
    vat_percent: Decimal
    purchase_vat: str
    purchase_vat_percent: Decimal
    purchase_price: Decimal
    currency_price: Decimal
    currency: str
    delivery_days: int
    supplier_code: str
    remarks: str
    user_fields: tuple
    extra: tuple

    @property
    def name(self):
        return self.label or self.fiscal_name or self.code

    @property
    def is_service(self):
        """Services and extra charges; goods, packaging and sets are things."""
        return self.kind in (2, 16)

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        :raise FieldError: if kind or code is missing or a number is none

        >>> good = Good.from_fields(["2", "U1", "", "", "Naprawa"])
        >>> good.name, good.is_service, good.purchase_price
        ('Naprawa', True, Decimal('0'))
        """
        _need(fields, 5)
        return cls(
            _kind(fields, 1, "kind", frozenset(("1", "2", "4", "8", "16"))),
            _required(fields, 2, "code"),
            _short(fields, 3, "manufacturer code"),
            _short(fields, 4, "barcode"),
            _short(fields, 5, "name", MAX_NAME),
            _text(fields, 6),
            _short(fields, 7, "fiscal name", MAX_NAME),
            *(_text(fields, n) for n in range(8, 10)),
            _short(fields, 10, "unit"),
            _text(fields, 11),
            _number(fields, 12, "VAT %"),
            _text(fields, 13),
            _number(fields, 14, "VAT %"),
            _price(fields, 15, "purchase price"),
            _number(fields, 16, "price in currency"),
            _text(fields, 19).upper(),
            _integer(fields, 23, "delivery days"),
            _short(fields, 24, "supplier code"),
            _text(fields, 32),
            tuple(_text(fields, n) for n in range(35, 43)),
            tuple(fields[42:]),
        )


class PriceLine(NamedTuple):
    """A row of ``CENNIK``: one price of one good."""

    code: str
    price_name: str
    net: Decimal
    gross: Decimal

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        >>> PriceLine.from_fields(["T1", "Hurtowa", "10.5000", "12.92"]).net
        Decimal('10.5000')
        >>> PriceLine.from_fields(["T1", "Hurtowa", "-1"])
        Traceback (most recent call last):
        ...
        odoo.addons.gestor_epp.lib.epp.errors.FieldError: Field 3 (net) is negative: -1
        """
        _need(fields, 3)
        return cls(
            _required(fields, 1, "code"),
            _required(fields, 2, "price name"),
            _price(fields, 3, "net"),
            _price(fields, 4, "gross"),
        )


#: section key word -> record class
PARSERS = {
    "KONTRAHENCI": Client,
    "GRUPYKONTRAHENTOW": ClientTag,
    "CECHYKONTRAHENTOW": ClientTag,
    "TOWARY": Good,
    "CENNIK": PriceLine,
}


def parse(section, fields):
    """Return the typed record of a row, or ``None`` for an unknown section.

    :raise FieldError: if the row cannot be understood

    >>> parse("CENNIK", ["T1", "Detaliczna", "x"])  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    FieldError: Field 3 (net) is not a number: x
    >>> parse("DOSTAWYMARZOWEDLAFM", ["T1"]) is None
    True
    """
    parser = PARSERS.get(section)
    return parser.from_fields(fields) if parser else None
