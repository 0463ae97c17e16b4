"""Reader of the first sheet of an XLSX workbook."""

import zipfile
from datetime import date, datetime
from datetime import time as clock

import openpyxl

from ..epp.errors import EppFormatError
from ..epp.reader import Position, Row
from .activities import SECTION
from .delimited import arrange

#: what the parts of a workbook may take together when unpacked
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_PARTS = 2000
MAX_ROWS = 50000
MAX_COLUMNS = 100


def check_archive(stream):
    """Refuse what unpacks to more than a workbook may, and declarations of entities.

    :raise EppFormatError: if it is no workbook or a dangerous one
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
                raise EppFormatError("zip_bomb")
            for part in parts:
                with archive.open(part) as content:
                    if b"<!DOCTYPE" in content.read(4096):
                        raise EppFormatError("not_xlsx")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        raise EppFormatError("not_xlsx") from None


class WorkbookReader:
    """Iterate over the rows of the first sheet, with the values of formulas.

    :param stream: binary and seekable
    :param Position position: continue there
    :param list targets: what each column holds; without them rows come as they are
    :raise EppFormatError: if it cannot be read
    """

    encoding = "XLSX"
    delimiter = ""

    def __init__(self, stream, position=None, targets=None):
        self._targets = targets
        check_archive(stream)
        stream.seek(0)
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            self._sheet = book.worksheets[0]
            heading = next(self._rows(1), None)
        except EppFormatError:
            raise
        except Exception as error:  # whatever a broken workbook makes the library do
            raise EppFormatError("not_xlsx") from error
        if not heading or not any(heading):
            raise EppFormatError("no_heading")
        self.headings = [text.strip() for text in heading]
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        self._line = position.line if position else 1

    @property
    def position(self):
        """Where reading goes on after the last row."""
        return Position(self._line, self._line, "", SECTION)

    def __iter__(self):
        try:
            for fields in self._rows(self._line + 1):
                self._line += 1
                if self._line > MAX_ROWS:
                    raise EppFormatError("too_many_rows", value=MAX_ROWS)
                if any(fields):
                    if self._targets:
                        fields = arrange(fields, self._targets)
                    yield Row(self._line, SECTION, fields)
        except (EppFormatError, GeneratorExit):
            raise
        except Exception as error:
            raise EppFormatError("not_xlsx") from error

    def _rows(self, first):
        for row in self._sheet.iter_rows(
            min_row=first, max_col=MAX_COLUMNS, values_only=True
        ):
            yield [_text(value) for value in row]


def _text(value):
    """Return a cell as text.

    >>> _text(datetime(2026, 1, 31, 9, 30)), _text(7010000009.0), _text(None)
    ('2026-01-31 09:30:00', '7010000009', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | clock):
        return str(value)
    return str(value).replace("\0", "")
