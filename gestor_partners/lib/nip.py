"""Tax numbers in every spelling people use; the Polish one is called NIP.

Pure Python. Source of the check digit: the ordinance of the minister of finance on
the tax identification number, as python-stdnum implements it.
"""

import re

from stdnum.pl import nip as polish

# whoever has no number is often given this one, and even its check digit agrees
NO_NUMBER = "0" * 10
LABEL = re.compile(r"^(NIP|VAT)(?=(PL)?\d)")
POLISH_PREFIX = re.compile(r"^PL(?=\d|$)")
NUMBER = re.compile(r"^[A-Z]{0,2}\d[\dA-Z]*$")
# fewer characters would find half of the clients
MIN_KEY_LENGTH = 3


def normalize(number):
    """Return a tax number without separators and without the Polish prefix.

    A foreign number keeps the prefix of its country.

    >>> normalize("525-21-44-764"), normalize("PL 525 214 47 64")
    ('5252144764', '5252144764')
    >>> normalize("pl5252144764"), normalize("de 136.695.976")
    ('5252144764', 'DE136695976')
    >>> normalize("NIP: PL525-21-44-764")
    '5252144764'
    >>> normalize("PL"), normalize(" / "), normalize(None), normalize(False)
    ('', '', '', '')

    :param number: text as typed, or nothing
    :rtype: str
    """
    compact = re.sub(r"[\W_]", "", number or "").upper()
    return POLISH_PREFIX.sub("", LABEL.sub("", compact))


def is_valid(number):
    """Tell whether a number is a NIP with the right check digit.

    >>> is_valid("525-21-44-764"), is_valid("PL5252144764")
    (True, True)
    >>> is_valid("525-21-44-768"), is_valid("DE136695976"), is_valid("")
    (False, False, False)
    >>> is_valid("000-000-00-00")  # the check digit agrees, yet nobody has it
    False

    :rtype: bool
    """
    compact = normalize(number)
    return compact != NO_NUMBER and polish.is_valid(compact)


def is_doubtful(number, country_code=None):
    """Tell whether a number stands for a NIP but cannot be one.

    A number is taken for a NIP if its owner is in Poland, if it has the Polish
    prefix, or if nothing is known but its ten digits.

    >>> is_doubtful("5252144768", "PL"), is_doubtful("PL5252144768", "DE")
    (True, True)
    >>> is_doubtful("5252144768"), is_doubtful("52521447", "PL")
    (True, True)
    >>> is_doubtful("5252144764", "PL"), is_doubtful("DE136695976", "PL")
    (False, False)
    >>> is_doubtful("52521447"), is_doubtful("5252144768", "CZ")
    (False, False)
    >>> is_doubtful("/", "PL"), is_doubtful("", "PL"), is_doubtful(None)
    (False, False, False)

    :param number: text as typed, or nothing
    :param str country_code: two letters, or nothing
    :rtype: bool
    """
    compact = normalize(number)
    if not compact or compact[:2].isalpha():
        return False
    has_polish_prefix = re.sub(r"[\W_]", "", number).upper().startswith("PL")
    is_polish = (
        country_code == "PL"
        or has_polish_prefix
        or (not country_code and re.fullmatch(r"\d{10}", compact))
    )
    return bool(is_polish) and not is_valid(compact)


def search_key(text):
    """Return the part of a tax number that a text may be, or an empty string.

    >>> search_key("525-21-44"), search_key("PL 525 214"), search_key("DE1366")
    ('5252144', '525214', 'DE1366')
    >>> search_key("Kowalski"), search_key("Firma 123"), search_key("52")
    ('', '', '')

    :rtype: str
    """
    compact = normalize(text)
    is_number = len(compact) >= MIN_KEY_LENGTH and NUMBER.match(compact)
    return compact if is_number else ""
