"""From a binary stream to rows of text fields, one at a time."""

import csv
import re
from collections import Counter, deque
from typing import NamedTuple

from . import codepage
from .errors import EppFormatError, message

LABELS = {b"[INFO]": "INFO", b"[NAGLOWEK]": "NAGLOWEK", b"[ZAWARTOSC]": "ZAWARTOSC"}
#: how far a quoted text may run on; beyond it the quote was never closed
MAX_RECORD_LINES = 64
MAX_RECORD_BYTES = 65536
#: the longest key word of the format has 25 letters
MAX_SECTION = 64
#: the section of documents: one row is a document with all its lines
DOCUMENTS = "DOKUMENTY"
#: a header of a document has 56 or 62 fields, one of a file a single word
MIN_DOCUMENT_FIELDS = 20
#: a document with more lines than this is a damaged file
MAX_DOCUMENT_LINES = 20000
_SAMPLE_BYTES = 262144
_BOM = b"\xef\xbb\xbf"


class Row(NamedTuple):
    """One record: where it begins, its section's key word and its fields.

    The fields of a document are four: those of its header, its lines, what is wrong
    with lines as ``(line, code, params)``, and the purpose of the file.
    """

    line: int
    section: str
    fields: list


class Fault(NamedTuple):
    """One line that cannot be read, or a warning about the file."""

    line: int
    section: str
    code: str
    params: dict

    def __str__(self):
        return message(self.code, self.params)


class Position(NamedTuple):
    """Where a reader stands; a new one continues there."""

    offset: int
    line: int
    label: str
    section: str


class EppReader:
    """Iterate over the rows and faults of an EDI++ file.

    A broken line becomes a :class:`Fault` and reading goes on with the next
    line; a quotation mark that is never closed spoils its own line alone. Only
    a file that is no EDI++ at all raises.

    :param stream: binary and seekable
    :param Position position: continue there, as an earlier reader's
        :attr:`position` said
    :raise EppFormatError: if the file as a whole cannot be read

    >>> import io
    >>> lines = ["[INFO]", '"1.11",3,1250', "[NAGLOWEK]", '"TOWARY"', "[ZAWARTOSC]",
    ...          '1,"A","two', 'lines"', '1,"B', ""]
    >>> data = "\\r\\n".join(lines).encode()
    >>> reader = EppReader(io.BytesIO(data))
    >>> [(item.line, item[2]) for item in reader]
    [(6, ['1', 'A', 'two\\r\\nlines']), (8, 'unclosed_quote')]
    >>> reader.info_fields, reader.encoding, dict(reader.counts)
    (['1.11', '3', '1250'], 'cp1250', {'TOWARY': 1})
    """

    def __init__(self, stream, position=None):
        self._stream = stream
        self._pending = deque()  # physical lines to read again: (bytes, size)
        self._warnings = []
        #: rows by section so far
        self.counts = Counter()
        self._read_start()
        if position is None:
            position = self._body
        stream.seek(position.offset)
        self._offset, self._line, self._label, self._section = position
        self._expect_header = self._label == "NAGLOWEK" and not self._section

    # -- public ------------------------------------------------------------

    @property
    def position(self):
        """Where reading goes on after the last row or fault."""
        return Position(self._offset, self._line, self._label, self._section)

    def __iter__(self):
        for code, params in self._warnings:
            yield Fault(self.info_line, "INFO", code, params)
        self._warnings = []
        while True:
            raw = self._next_line()
            if not raw:
                break
            if self._document and LABELS.get(raw.strip()) in ("INFO", "NAGLOWEK"):
                # position stands before the label now: a new reader finds it again
                self._push_back([raw])
                yield self._close_document()
                continue
            item = self._handle(raw)
            if item is not None and not self._belongs_to_document(item):
                yield item
        if self._document:
            yield self._close_document()
        if self._label == "NAGLOWEK" and self._expect_header:
            yield self._fault(self._line, "no_content")

    # -- documents -------------------------------------------------------------

    _document = None

    def _open_document(self, item):
        self._section = DOCUMENTS
        purpose = self.info_fields[1] if len(self.info_fields) > 1 else ""
        self._document = Row(item.line, DOCUMENTS, [item.fields, [], [], purpose])

    def _belongs_to_document(self, item):
        """Put a line, or what is wrong with it, into the open document."""
        if not self._document:
            return False
        _header, rows, faults, _purpose = self._document.fields
        if isinstance(item, Row) and len(rows) < MAX_DOCUMENT_LINES:
            rows.append(item.fields)
        elif isinstance(item, Fault):
            faults.append([item.line, item.code, item.params])
        else:
            faults.append([item.line, "too_many", {"value": MAX_DOCUMENT_LINES}])
        return True

    def _close_document(self):
        document, self._document = self._document, None
        self.counts[DOCUMENTS] += 1
        return document

    # -- start of the file ---------------------------------------------------

    def _read_start(self):
        stream = self._stream
        stream.seek(0)
        sample = stream.read(_SAMPLE_BYTES)
        self._check_text(sample)
        skip = len(_BOM) if sample.startswith(_BOM) else 0
        stream.seek(skip)
        self._offset, self._line, self._label, self._section = skip, 0, "", ""
        self.encoding = "cp1250"
        raw = self._next_line()
        while raw and not raw.strip():
            raw = self._next_line()
        if raw.strip() != b"[INFO]":
            raise EppFormatError("not_epp")
        self._read_info(sample)
        self._body = self.position

    @staticmethod
    def _check_text(sample):
        if not sample.strip():
            raise EppFormatError("empty_file")
        if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise EppFormatError("utf16")
        if b"\0" in sample:
            raise EppFormatError("binary")

    def _read_info(self, sample):
        raw = self._next_line()
        while raw and not raw.strip():
            raw = self._next_line()
        self.info_line = self._line
        # the code page itself is plain ASCII, whatever the other letters are
        item = self._record(raw, decode="latin-1") if raw else None
        if not isinstance(item, Row) or raw.strip() in LABELS:
            raise EppFormatError("no_info")
        declared = item.fields[2] if len(item.fields) > 2 else ""
        self.encoding, warning = codepage.choose(declared, sample)
        if warning:
            params = {"value": declared or "-", "used": self.encoding}
            self._warnings.append((warning, params))
        self.info_fields = [
            text.encode("latin-1").decode(self.encoding, "replace")
            for text in item.fields
        ]
        self.counts.clear()

    # -- physical lines --------------------------------------------------------

    def _next_line(self):
        raw = self._next_piece()
        if raw:
            self._line += 1
        return raw

    def _next_piece(self):
        """Return a line, or the next part of one that is too long."""
        if self._pending:
            raw = self._pending.popleft()
        else:
            raw = self._stream.readline(MAX_RECORD_BYTES)
        self._offset += len(raw)
        return raw

    def _push_back(self, lines):
        """Read ``lines`` again: they were taken into a record by mistake."""
        self._pending.extendleft(reversed(lines))
        self._offset -= sum(map(len, lines))
        self._line -= len(lines)

    def _skip_long_line(self, raw):
        """Read up to the end of a line that is longer than any record may be."""
        while raw and not raw.endswith(b"\n"):
            raw = self._next_piece()

    # -- records ---------------------------------------------------------------

    def _fault(self, line, code, **params):
        return Fault(line, self._section or self._label, code, params)

    def _handle(self, raw):
        stripped = raw.strip()
        if not stripped:
            return None
        label = LABELS.get(stripped)
        if label:
            return self._enter(label)
        item = self._record(raw)
        if isinstance(item, Fault):
            if self._expect_header:
                self._expect_header = False
                self._section = "?"
            return item
        if self._expect_header:
            self._expect_header = False
            if len(item.fields) >= MIN_DOCUMENT_FIELDS:
                self._open_document(item)
                return None
            self._section = item.fields[0].strip().upper()[:MAX_SECTION] or "?"
            return None
        if self._label != "ZAWARTOSC":
            return self._fault(item.line, "outside")
        if not self._document:
            self.counts[self._section] += 1
        return item

    def _enter(self, label):
        if label == "INFO" or (label == "ZAWARTOSC" and not self._section):
            fault = self._fault(self._line, "label_misplaced", value=label)
            self._label, self._section = label, "?"
            self._expect_header = False
            return fault
        self._label = label
        self._expect_header = label == "NAGLOWEK"
        if self._expect_header:
            self._section = ""
        return None

    def _record(self, raw, decode=None):
        """Return the :class:`Row` or :class:`Fault` that begins with ``raw``."""
        start = self._line
        if len(raw) >= MAX_RECORD_BYTES and not raw.endswith(b"\n"):
            self._skip_long_line(raw)
            return self._fault(start, "too_long", value=MAX_RECORD_BYTES)
        if raw.count(b'"') % 2 == 0:
            return self._split(start, raw, decode)
        more = self._continuation(raw)
        if more is None:
            code = "unclosed_quote" if raw.endswith(b"\n") else "truncated"
            return self._fault(start, code)
        item = self._split(start, raw + b"".join(more), decode)
        if isinstance(item, Fault):
            # the quote belonged to the first line alone: the others are records
            self._push_back(more)
        return item

    def _continuation(self, raw):
        """Take the lines that close the open quote, or put them back."""
        more, size, quotes = [], len(raw), raw.count(b'"')
        while len(more) < MAX_RECORD_LINES and size <= MAX_RECORD_BYTES:
            line = self._next_line()
            if not line:
                break
            more.append(line)
            size += len(line)
            quotes += line.count(b'"')
            if quotes % 2 == 0:
                return more
        self._push_back(more)
        return None

    def _split(self, start, raw, decode):
        cut = not raw.endswith(b"\n")
        if b"\0" in raw:
            return self._fault(start, "nul")
        try:
            text = raw.decode(decode or self.encoding)
        except UnicodeDecodeError:
            return self._fault(start, "undecodable", value=self.encoding)
        try:
            fields = next(csv.reader([text.rstrip("\r\n")], strict=True))
        except (csv.Error, StopIteration):
            return self._fault(start, "truncated" if cut else "bad_quote")
        if '"' in text and not _quotes_fit(text, fields):
            return self._fault(start, "bad_quote")
        if cut and self._is_short(fields):
            return self._fault(start, "truncated")
        self._note_width(fields)
        return Row(start, self._section, fields)

    # -- a cut-off last line -----------------------------------------------------

    _width = (None, 0)

    def _note_width(self, fields):
        self._width = (self._section, len(fields))

    def _is_short(self, fields):
        section, width = self._width
        return section == self._section and len(fields) < width


#: fields as they must be written: quoted with doubled marks, or without marks
_WELL_QUOTED = re.compile(
    r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*\s*\Z'
)


def _quotes_fit(text, fields):
    """Tell whether each quotation mark opened, closed or was doubled.

    A quote inside an unquoted field passes the csv module unseen; it betrays a
    text that was closed too early (``"Monitor 24",LED"``).

    >>> _quotes_fit('1,"a ""b"" c"', ['1', 'a "b" c'])
    True
    >>> _quotes_fit('1,"a",b"x"', ['1', 'a', 'b"x"'])
    False
    """
    if not any('"' in field for field in fields):
        return True
    return bool(_WELL_QUOTED.match(text))
