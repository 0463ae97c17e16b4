"""Reader of business cards (vCard 2.1, 3.0 and 4.0), one or many in a file."""

import io
from typing import NamedTuple

import vobject

from ..epp import codepage
from ..epp.errors import EppFormatError, FieldError
from ..epp.reader import Fault, Position, Row
from ..epp.values import MAX_NAME, read_short, read_text

SECTION = "WIZYTOWKI"
#: a photograph may be inside
MAX_CARD_BYTES = 2 * 1024 * 1024
_SAMPLE_BYTES = 262144
_PICTURES = (b"PHOTO", b"LOGO", b"SOUND", b"KEY")


class Card(NamedTuple):
    """A person, or a firm if the card names no person."""

    name: str
    firm: str
    title: str
    email: str
    phone: str
    street: str
    zip: str
    city: str
    country: str
    website: str
    nip: str
    note: str
    is_firm: bool

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields as the reader gives them.

        >>> card = Card.from_fields(["", "Łoś sp. z o.o."])
        >>> card.name, card.is_firm
        ('Łoś sp. z o.o.', True)
        """
        firm = read_short(fields, 2, "firm", MAX_NAME)
        name = read_short(fields, 1, "name", MAX_NAME) or firm
        if not name:
            raise FieldError("missing", position=1, field="name")
        values = [read_text(fields, n) for n in range(3, 13)]
        is_firm = name == firm
        return cls(name, "" if is_firm else firm, *values, is_firm)


class CardReader:
    """Iterate over the cards of a file.

    >>> import io
    >>> lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:Ewa Łoś", "ORG:Firma;Dział",
    ...          "EMAIL:ewa@example.com", "END:VCARD", "junk", ""]
    >>> reader = CardReader(io.BytesIO("\\r\\n".join(lines).encode()))
    >>> [(item.line, item[2]) for item in reader if isinstance(item, Fault)]
    [(7, 'outside')]
    """

    def __init__(self, stream, position=None):
        self._stream, self._line = stream, 0
        stream.seek(0)
        sample = stream.read(_SAMPLE_BYTES)
        if not sample.strip():
            raise EppFormatError("empty_file")
        if b"BEGIN:VCARD" not in sample.upper():
            raise EppFormatError("not_vcard")
        self.encoding = codepage.guess(sample) or "utf-8"
        bom = sample.startswith(b"\xef\xbb\xbf")
        stream.seek(position.offset if position else 3 * bom)
        self._line = position.line if position else 0

    @property
    def position(self):
        """Where reading goes on after the last card or fault."""
        return Position(self._stream.tell(), self._line, "", SECTION)

    def __iter__(self):
        while raw := self._read_line():
            if not raw.strip():
                continue
            if raw.strip().upper() == b"BEGIN:VCARD":
                yield self._read_card(raw)
            else:
                yield Fault(self._line, SECTION, "outside", {})

    def _read_line(self):
        raw = self._stream.readline(MAX_CARD_BYTES)
        if raw:
            self._line += 1
        return raw

    def _read_card(self, raw):
        start, pieces, size, is_picture = self._line, [raw], len(raw), False
        while raw.strip().upper() != b"END:VCARD":
            raw = self._read_line()
            size += len(raw)
            if not raw:
                return Fault(start, SECTION, "truncated", {})
            if not raw[:1].isspace():
                is_picture = raw.upper().startswith(_PICTURES)
            if size > MAX_CARD_BYTES:
                return Fault(start, SECTION, "too_long", {"value": MAX_CARD_BYTES})
            if not is_picture:
                pieces.append(raw)
        text = b"".join(pieces).decode(self.encoding, "replace").replace("\0", "")
        try:
            card = next(
                vobject.readComponents(
                    io.StringIO(text),
                    validate=False,
                    transform=True,
                    ignoreUnreadable=True,
                    allowQP=True,
                )
            )
            fields = _fields(card)
        except Exception:  # the library raises whatever a broken card makes it do
            return Fault(start, SECTION, "bad_card", {})
        return Row(start, SECTION, fields)


def _fields(card):
    """Return the fields of a card in the order of :class:`Card`."""
    contents = card.contents
    firm = _first(contents, "org")
    address = _first(contents, "adr")
    name = _text(_first(contents, "fn")) or _name(_first(contents, "n"))
    emails, phones = _all(contents, "email"), _all(contents, "tel")
    more = [f"{text}" for text in (*emails[1:], *phones[1:])]
    note = "\n".join(filter(None, (*_all(contents, "note"), *more)))
    return [
        name,
        _text(firm[0] if isinstance(firm, list) and firm else firm),
        _text(_first(contents, "title")) or _text(_first(contents, "role")),
        emails[0] if emails else "",
        phones[0].removeprefix("tel:") if phones else "",
        *(
            _text(getattr(address, part, ""))
            for part in ("street", "code", "city", "country")
        ),
        _text(_first(contents, "url")),
        _text(_first(contents, "x-nip")),
        note,
    ]


def _first(contents, key):
    found = contents.get(key)
    return found[0].value if found else ""


def _all(contents, key):
    return [text for item in contents.get(key, ()) if (text := _text(item.value))]


def _name(name):
    parts = (getattr(name, part, "") for part in ("given", "additional", "family"))
    return " ".join(filter(None, map(_text, parts)))


def _text(value):
    """Return a value of a card as one text.

    >>> _text(["a", "b"]), _text(" x "), _text(None)
    ('a b', 'x', '')
    """
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(_text, value)))
    return str(value or "").strip()
