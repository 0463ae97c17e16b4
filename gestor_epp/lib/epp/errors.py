"""Errors of the reader: a code for programs, a sentence for people."""

#: code -> English sentence; the models translate the codes for the screen
MESSAGES = {
    "empty_file": "The file is empty.",
    "not_epp": "This is not an EDI++ file: it does not begin with [INFO].",
    "binary": "This is a binary file, not text.",
    "utf16": "The file is saved as UTF-16; save it in code page 1250, 852 or UTF-8.",
    "no_info": "The [INFO] section has no readable line.",
    "codepage_unknown": (
        "The file names an unknown code page (%(value)s); it is read as %(used)s."
    ),
    "codepage_differs": (
        "The file names code page %(value)s but its letters are in %(used)s; "
        "it is read as %(used)s."
    ),
    "undecodable": "The line has bytes that do not exist in code page %(value)s.",
    "unclosed_quote": "A quotation mark is opened and never closed.",
    "bad_quote": "A quotation mark stands where none may be.",
    "too_long": "The line is longer than %(value)s bytes.",
    "label_misplaced": "The label [%(value)s] stands in a wrong place.",
    "outside": "The line stands outside any section.",
    "truncated": "The file ends in the middle of a line; it may be cut off.",
    "no_content": "The file ends before the content of the section; it may be cut off.",
    "too_few_fields": "The line has %(value)s fields, at least %(minimum)s are needed.",
    "bad_number": "Field %(position)s (%(field)s) is not a number: %(value)s",
    "negative": "Field %(position)s (%(field)s) is negative: %(value)s",
    "field_long": "Field %(position)s (%(field)s) is longer than %(value)s signs.",
    "too_many": "The document has more than %(value)s lines.",
    "bad_date": "Field %(position)s (%(field)s) is not a date: %(value)s",
    "no_heading": "The first line of the table has no headings.",
    "not_xlsx": "This is not a readable XLSX workbook.",
    "zip_bomb": "The workbook unpacks to more than is read.",
    "too_many_rows": "A workbook may have %(value)s rows; save it as CSV.",
    "not_vcard": "This file has no business cards (vCard).",
    "bad_card": "The card cannot be read.",
    "nul": "The line has a NUL character, which no text may have.",
    "missing": "Field %(position)s (%(field)s) is empty.",
    "bad_kind": "Field %(position)s (%(field)s) has an unknown value: %(value)s",
}


def message(code, params=None):
    """Return the English sentence of a code.

    >>> message("bad_number", {"position": 3, "field": "net", "value": "x"})
    'Field 3 (net) is not a number: x'
    """
    return MESSAGES[code] % (params or {})


class EppError(ValueError):
    """Something in the file is wrong; ``code`` and ``params`` say what."""

    def __init__(self, code, **params):
        self.code = code
        self.params = params
        super().__init__(message(code, params))


class EppFormatError(EppError):
    """The whole file cannot be read."""


class FieldError(EppError):
    """One record cannot be read."""
