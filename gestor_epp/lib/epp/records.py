"""Typed records of the sections that the import understands.

Fields are mapped by position; a file of an older version has fewer of them
(the rest stays empty), a newer one more (``extra`` keeps them).
Source: "Komunikacja - Struktura danych EDI++" 1.11, chapters on KONTRAHENCI,
TOWARY and CENNIK.
"""

from decimal import Decimal
from typing import NamedTuple

from .documents import Document
from .reader import DOCUMENTS
from .values import (
    MAX_NAME,
    need,
    read_flag,
    read_integer,
    read_kind,
    read_number,
    read_price,
    read_required,
    read_short,
    read_text,
)


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
        return cls(*(read_text(fields, n) for n in range(1, len(cls._fields) + 1)))


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
        need(fields, 3)
        return cls(
            read_kind(fields, 1, "kind", frozenset("0123456789")),
            read_required(fields, 2, "code"),
            read_short(fields, 3, "short name", MAX_NAME),
            read_short(fields, 4, "full name", MAX_NAME),
            *(read_text(fields, n) for n in range(5, 8)),
            read_short(fields, 8, "NIP"),
            *(read_text(fields, n) for n in range(9, 15)),
            read_short(fields, 15, "contact person", MAX_NAME),
            *(read_text(fields, n) for n in range(16, 18)),
            tuple(read_text(fields, n) for n in range(18, 26)),
            *(read_short(fields, n, "bank", MAX_NAME) for n in range(26, 28)),
            *(read_text(fields, n) for n in range(28, 30)),
            read_flag(fields, 30),
            read_text(fields, 31).upper(),
            tuple(fields[31:]),
        )


class Tag(NamedTuple):
    """A group or a feature of a client or of a good."""

    code: str
    name: str

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        >>> Tag.from_fields(["K1", "Hurt"])
        Tag(code='K1', name='Hurt')
        """
        need(fields, 2)
        return cls(read_required(fields, 1, "code"), read_required(fields, 2, "name"))


class ClientExtra(NamedTuple):
    """A row of ``DODATKOWEKONTRAHENTOW``."""

    code: str
    excise_status: str
    excise_tax: str
    cash_method: bool
    reverse_charge: bool

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        >>> ClientExtra.from_fields(["K1", "", "", "1", "0"]).cash_method
        True
        """
        need(fields, 2)
        return cls(
            read_required(fields, 1, "code"),
            read_text(fields, 2),
            read_text(fields, 3),
            read_flag(fields, 4),
            read_flag(fields, 5),
        )


class Employee(NamedTuple):
    """A row of ``PRACOWNICY``, without what a CRM has no business with."""

    last_name: str
    first_name: str
    street: str
    zip: str
    city: str
    phone: str
    left: bool

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields of a row.

        >>> row = ["Nowak", "Ewa", *[""] * 7, "Polna", "1", "2"]
        >>> Employee.from_fields(row).street
        'Polna 1/2'
        """
        need(fields, 2)
        number = "/".join(filter(None, (read_text(fields, 11), read_text(fields, 12))))
        return cls(
            read_required(fields, 1, "last name"),
            read_short(fields, 2, "first name"),
            f"{read_text(fields, 10)} {number}".strip(),
            read_text(fields, 13),
            read_text(fields, 14),
            read_text(fields, 19),
            bool(read_text(fields, 25)),
        )


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
    packaging_code: str
    min_stock: Decimal
    min_stock_unit: str
    volume: Decimal
    volume_unit: str
    work_hours: Decimal
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
        need(fields, 5)
        return cls(
            read_kind(fields, 1, "kind", frozenset(("1", "2", "4", "8", "16"))),
            read_required(fields, 2, "code"),
            read_short(fields, 3, "manufacturer code"),
            read_short(fields, 4, "barcode"),
            read_short(fields, 5, "name", MAX_NAME),
            read_text(fields, 6),
            read_short(fields, 7, "fiscal name", MAX_NAME),
            *(read_text(fields, n) for n in range(8, 10)),
            read_short(fields, 10, "unit"),
            read_text(fields, 11),
            read_number(fields, 12, "VAT %"),
            read_text(fields, 13),
            read_number(fields, 14, "VAT %"),
            read_price(fields, 15, "purchase price"),
            read_number(fields, 16, "price in currency"),
            read_text(fields, 19).upper(),
            read_integer(fields, 23, "delivery days"),
            read_short(fields, 24, "supplier code"),
            read_text(fields, 32),
            read_text(fields, 20),
            read_number(fields, 22, "minimum stock"),
            read_text(fields, 21),
            read_number(fields, 28, "volume"),
            read_text(fields, 27),
            read_number(fields, 29, "work hours"),
            tuple(read_text(fields, n) for n in range(35, 43)),
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
        need(fields, 3)
        return cls(
            read_required(fields, 1, "code"),
            read_required(fields, 2, "price name"),
            read_price(fields, 3, "net"),
            read_price(fields, 4, "gross"),
        )


#: section key word -> record class
PARSERS = {
    "KONTRAHENCI": Client,
    "GRUPYKONTRAHENTOW": Tag,
    "CECHYKONTRAHENTOW": Tag,
    "DODATKOWEKONTRAHENTOW": ClientExtra,
    "PRACOWNICY": Employee,
    "TOWARY": Good,
    "CENNIK": PriceLine,
    "GRUPYTOWAROW": Tag,
    "CECHYTOWAROW": Tag,
    DOCUMENTS: Document,
}


#: section key word -> numbers of the fields that may be kept; the others hold what a
#: CRM has no business with, like PESEL numbers and dates of birth
KEPT_FIELDS = {"PRACOWNICY": (1, 2, 10, 11, 12, 13, 14, 19, 25)}


def without_private(section, fields):
    """Return the fields of a row as a log may keep them.

    >>> without_private("PRACOWNICY", ["Nowak", "Ewa", "44051401359"])
    ['Nowak', 'Ewa', '']
    >>> without_private("CENNIK", ["T1"])
    ['T1']
    """
    kept = KEPT_FIELDS.get(section)
    if kept is None:
        return fields
    return [text if n in kept else "" for n, text in enumerate(fields, 1)]


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
