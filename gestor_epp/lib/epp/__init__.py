"""Reader of EDI++ (``.epp``) files, the exchange format of InsERT programs.

Plain Python, nothing of the host. Read a file in one pass with flat memory::

    with open("data.epp", "rb") as stream:
        reader = EppReader(stream)
        for item in reader:
            if isinstance(item, Fault):
                ...  # a broken line: item.line, item.section, item.code
            else:
                record = parse(item.section, item.fields)

Source: "Komunikacja - Struktura danych EDI++", versions 1.05 to 1.11.
"""

from .errors import EppError, EppFormatError, FieldError
from .documents import Document, DocumentLine
from .reader import DOCUMENTS, EppReader, Fault, Position, Row
from .records import (
    PARSERS,
    Client,
    ClientExtra,
    Employee,
    Good,
    Info,
    PriceLine,
    Tag,
    parse,
    without_private,
)
from .values import MAX_KEY

__all__ = [
    "DOCUMENTS",
    "MAX_KEY",
    "PARSERS",
    "Client",
    "ClientExtra",
    "Document",
    "DocumentLine",
    "Employee",
    "EppError",
    "EppFormatError",
    "EppReader",
    "Fault",
    "FieldError",
    "Good",
    "Info",
    "Position",
    "PriceLine",
    "Row",
    "Tag",
    "parse",
    "without_private",
]
