"""Documents of the old program: header and lines as typed records.

Source: "Komunikacja - Struktura danych EDI++" 1.05 to 1.11, tables 3 to 9.
"""

import datetime
from decimal import Decimal
from typing import NamedTuple

from .errors import FieldError
from .values import (
    MAX_NAME,
    need,
    read_date,
    read_number,
    read_required,
    read_short,
    read_text,
)

#: type of document -> what it is for the client's history
KINDS = {
    **dict.fromkeys(("FS", "RS", "PA", "ZW", "KFS", "KRS", "FM", "KFM"), "sale"),
    **dict.fromkeys(("FZ", "FR", "RZ", "KFZ", "KRZ"), "purchase"),
    "ZK": "order",
    "ZD": "supplier_order",
    **dict.fromkeys(("WZ", "VWZ", "PZ", "VPZ", "MMW", "PW", "RW"), "stock"),
    **dict.fromkeys(("FWN", "FWO", "KWN", "KWO"), "internal"),
    **dict.fromkeys(("KP", "KW", "BP", "BW"), "payment"),
}
STATES = {"0": "draft", "1": "done", "2": "cancelled", "3": "booked"}
_CASH = ("KP", "KW", "BP", "BW")
_FOR_OFFICE = "0"


class DocumentLine(NamedTuple):
    """One line; of a file for an accounting office, one rate of the VAT table."""

    code: str
    name: str
    description: str
    unit: str
    quantity: Decimal
    discount: Decimal
    price_net: Decimal
    price_gross: Decimal
    vat: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal

    @classmethod
    def from_fields(cls, fields):
        """Build from a line of a sales program (22 fields, 31 of a correction).

        >>> row = ["1", "1", "T1", *[""] * 5, "10", "szt.", "2", "2", "", "5", "6.15"]
        >>> line = DocumentLine.from_fields(row)
        >>> line.code, line.unit, line.quantity, line.discount, line.price_net
        ('T1', 'szt.', Decimal('2'), Decimal('10'), Decimal('5'))
        """
        need(fields, 11)
        return cls(
            read_short(fields, 3, "code"),
            read_short(fields, 22, "name", MAX_NAME),
            read_text(fields, 21),
            read_text(fields, 10),
            read_number(fields, 11, "quantity"),
            read_number(fields, 9, "discount"),
            read_number(fields, 14, "net price"),
            read_number(fields, 15, "gross price"),
            read_number(fields, 16, "VAT %"),
            read_number(fields, 17, "net"),
            read_number(fields, 18, "VAT"),
            read_number(fields, 19, "gross"),
        )

    @classmethod
    def from_rate(cls, fields):
        """Build from a row of the VAT table.

        >>> DocumentLine.from_rate(["23", "23.0000", "100", "23", "123"]).gross
        Decimal('123')
        """
        need(fields, 5)
        zero = Decimal(0)
        return cls(
            "",
            f"VAT {read_text(fields, 1)}",
            "",
            "",
            zero,
            zero,
            zero,
            zero,
            *(read_number(fields, n, "VAT table") for n in range(2, 6)),
        )


class Document(NamedTuple):
    """A document; the header says what was true on the day of issue."""

    symbol: str
    kind: str
    state: str
    number: str
    date: datetime.date
    sale_date: datetime.date | None
    payment_date: datetime.date | None
    partner_code: str
    partner_name: str
    street: str
    zip: str
    city: str
    nip: str
    net: Decimal
    tax: Decimal
    gross: Decimal
    paid: Decimal
    currency: str
    rate: Decimal
    payment_method: str
    price_name: str
    category: str
    issuer: str
    reference: str
    corrected: str
    order: str
    remarks: str
    lines: tuple
    faults: tuple

    @classmethod
    def from_fields(cls, fields):
        """Build from header, lines, faults and purpose, as the reader gives them.

        :raise FieldError: if type, number or date is missing or a number is none

        >>> header = ["FS", "1", "", "7", "", "", "FS 7/2026", *[""] * 14,
        ...           "20260131000000", *[""] * 7, "123.0000"]
        >>> document = Document.from_fields([header, [], [], "1"])
        >>> document.number, document.kind, document.date.month, document.gross
        ('FS 7/2026', 'sale', 1, Decimal('123.0000'))
        """
        header, rows, faults, purpose = fields
        faults = list(faults)
        symbol = read_required(header, 1, "type").upper()
        build = (
            DocumentLine.from_rate
            if purpose.strip() == _FOR_OFFICE
            else DocumentLine.from_fields
        )
        lines = []
        for position, row in enumerate(rows, 1):
            try:
                lines.append(build(row))
            except FieldError as error:
                faults.append([position, error.code, error.params])
        values = _cash_values(header) if symbol in _CASH else _trade_values(header)
        if values["date"] is None:
            raise FieldError("missing", position=values["place"], field="date")
        del values["place"]
        return cls(
            symbol=symbol,
            kind=KINDS.get(symbol, "other"),
            state=STATES.get(read_text(header, 2), "done"),
            lines=tuple(lines),
            faults=tuple(faults),
            **values,
        )


def _trade_values(header):
    remarks = (read_text(header, n) for n in (49, 50, 51))
    return {
        "number": read_required(header, 7, "number"),
        "date": read_date(header, 22, "issue date"),
        "place": 22,
        "sale_date": read_date(header, 23, "sale date"),
        "payment_date": read_date(header, 35, "payment date"),
        "partner_code": read_short(header, 12, "code"),
        "partner_name": read_text(header, 14) or read_text(header, 13),
        "street": read_text(header, 17),
        "zip": read_text(header, 16),
        "city": read_text(header, 15),
        "nip": read_short(header, 18, "NIP"),
        "net": read_number(header, 28, "net"),
        "tax": read_number(header, 29, "VAT"),
        "gross": read_number(header, 30, "gross"),
        "paid": read_number(header, 36, "paid"),
        "currency": read_text(header, 47).upper(),
        "rate": read_number(header, 48, "rate"),
        "payment_method": read_text(header, 34),
        "price_name": read_text(header, 27),
        "category": read_text(header, 19),
        "issuer": read_text(header, 42),
        "reference": read_text(header, 5),
        "corrected": read_text(header, 8),
        "order": read_text(header, 10),
        "remarks": "\n".join(filter(None, remarks)),
    }


def _cash_values(header):
    """Return the values of a cash or bank document, which has no lines."""
    zero = Decimal(0)
    amount = read_number(header, 43, "amount")
    remarks = (read_text(header, n) for n in (37, 40, 41))
    return {
        "number": read_required(header, 4, "number"),
        "date": read_date(header, 5, "issue date"),
        "place": 5,
        "sale_date": None,
        "payment_date": None,
        # 0: a client, 3: one without a file; others are employees and tax offices
        "partner_code": read_short(header, 7, "code")
        if read_text(header, 6) in ("", "0", "3")
        else "",
        "partner_name": read_text(header, 9) or read_text(header, 8),
        "street": read_text(header, 12),
        "zip": read_text(header, 11),
        "city": read_text(header, 10),
        "nip": read_short(header, 13, "NIP"),
        "net": zero,
        "tax": zero,
        "gross": amount,
        "paid": amount,
        "currency": "",
        "rate": zero,
        "payment_method": "",
        "price_name": "",
        "category": read_text(header, 35),
        "issuer": read_text(header, 48),
        "reference": "",
        "corrected": "",
        "order": "",
        "remarks": "\n".join(filter(None, remarks)),
    }
