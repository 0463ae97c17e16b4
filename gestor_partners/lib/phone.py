"""Telephone numbers as people type them. Pure Python."""

import re

POLISH_CODE = re.compile(r"(?:\+|\b00)\s*48(?=[\s\-/().]*\d)")
NUMBER = re.compile(r"^[\d\s+\-/().]+$")
# fewer digits would find half of the clients
MIN_KEY_LENGTH = 3


def digits(number):
    """Return the digits of a number, without the country code of Poland.

    >>> digits("+48 22 123-45-67"), digits("0048 601 222 333")
    ('221234567', '601222333')
    >>> digits("(22) 123 45 67"), digits("+49 30 901820")
    ('221234567', '4930901820')
    >>> digits("22 1234567, +48 601 222 333")
    '221234567601222333'
    >>> digits(None), digits("-")
    ('', '')

    :param number: text as typed, or nothing
    :rtype: str
    """
    return re.sub(r"\D", "", POLISH_CODE.sub("", number or ""))


def search_key(text):
    """Return the digits of a part of a number, or an empty string.

    >>> search_key("+48 22 123"), search_key("601-222"), search_key("0048 601")
    ('22123', '601222', '601')
    >>> search_key("22"), search_key("Kowalski 601"), search_key("")
    ('', '', '')

    :rtype: str
    """
    if not NUMBER.match(text or ""):
        return ""
    key = digits(text)
    return key if len(key) >= MIN_KEY_LENGTH else ""
