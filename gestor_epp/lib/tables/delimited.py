"""Reader of delimited text: CSV in any of the usual code pages."""

import codecs
import csv

from ..epp import codepage
from ..epp.errors import EppFormatError
from ..epp.reader import Fault, Position, Row
from .activities import SECTION, TARGETS

MAX_RECORD_LINES = 200
MAX_RECORD_BYTES = 131072
_SAMPLE_BYTES = 262144
_BOM = codecs.BOM_UTF8


def arrange(values, targets):
    """Return the values in the order of :data:`TARGETS`, columns of one target joined.

    >>> arrange(["b", "2026-01-31"], ["text", "date"])[0]
    '2026-01-31'
    """
    found = dict.fromkeys(TARGETS, "")
    for value, target in zip(values, targets, strict=False):
        if target and value:
            found[target] = f"{found[target]}\n{value}" if found[target] else value
    return list(found.values())


class DelimitedReader:
    """Iterate over the rows of a table; code page and delimiter are found out.

    :param stream: binary and seekable
    :param Position position: continue there
    :param list targets: what each column holds; without them rows come as they are
    :raise EppFormatError: if it is no text

    >>> import io
    >>> text = 'Data;Kontrahent;Opis\\n2026-01-31;Łoś;"a;\\nb"\\n\\nx;"y\\n'
    >>> reader = DelimitedReader(io.BytesIO(text.encode("cp1250")))
    >>> reader.headings, reader.delimiter
    (['Data', 'Kontrahent', 'Opis'], ';')
    >>> [(item.line, item[2]) for item in reader]
    [(2, ['2026-01-31', 'Łoś', 'a;\\nb']), (5, 'unclosed_quote')]
    """

    def __init__(self, stream, position=None, targets=None):
        self._stream, self._targets = stream, targets
        stream.seek(0)
        sample = stream.read(_SAMPLE_BYTES)
        self._check_text(sample)
        self.encoding = codepage.guess(sample) or "cp1250"
        stream.seek(len(_BOM) if sample.startswith(_BOM) else 0)
        self._line = 0
        raw = self._read_line()
        while raw and not raw.strip():
            raw = self._read_line()
        self.delimiter = max(
            ";,\t|", key=lambda sign: raw.decode(self.encoding, "replace").count(sign)
        )
        heading = self._record(raw)
        if isinstance(heading, Fault):
            raise EppFormatError("no_heading")
        self.headings = [text.strip() for text in heading.fields]
        if position:
            stream.seek(position.offset)
            self._line = position.line

    @staticmethod
    def _check_text(sample):
        if not sample.strip():
            raise EppFormatError("empty_file")
        if sample[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise EppFormatError("utf16")
        if b"\0" in sample:
            raise EppFormatError("binary")

    @property
    def position(self):
        """Where reading goes on after the last row or fault."""
        return Position(self._stream.tell(), self._line, "", SECTION)

    def __iter__(self):
        while raw := self._read_line():
            if raw.strip(b"\r\n \t;,|"):
                item = self._record(raw)
                if isinstance(item, Row) and self._targets:
                    item = item._replace(fields=arrange(item.fields, self._targets))
                yield item

    def _read_line(self):
        raw = self._stream.readline(MAX_RECORD_BYTES)
        if raw:
            self._line += 1
        return raw

    def _record(self, raw):
        start = self._line
        if len(raw) >= MAX_RECORD_BYTES and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = self._stream.readline(MAX_RECORD_BYTES)
            return Fault(start, SECTION, "too_long", {"value": MAX_RECORD_BYTES})
        place = self._stream.tell()
        quotes, count, size = raw.count(b'"'), 0, len(raw)
        pieces = [raw]
        while quotes % 2:
            more = self._read_line()
            count, size = count + 1, size + len(more)
            if not more or count > MAX_RECORD_LINES or size > MAX_RECORD_BYTES:
                # the mark belonged to the first line alone: the others are rows
                self._stream.seek(place)
                self._line = start
                return Fault(start, SECTION, "unclosed_quote", {})
            pieces.append(more)
            quotes += more.count(b'"')
        return self._split(start, b"".join(pieces))

    def _split(self, start, raw):
        if b"\0" in raw:
            return Fault(start, SECTION, "nul", {})
        try:
            text = raw.decode(self.encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            return Fault(start, SECTION, "undecodable", {"value": self.encoding})
        try:
            lines = text.splitlines(keepends=True)
            fields = next(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except (csv.Error, StopIteration):
            return Fault(start, SECTION, "bad_quote", {})
        return Row(start, SECTION, fields)
