"""Polish tax identification numbers (NIP) in every spelling people use.

Pure Python. Sources: the act of 13 October 1995 on the rules of registration and
identification of taxpayers; the check digit as in python-stdnum.
"""

import re

from stdnum.pl import nip as stdnum_nip

PREFIX = "PL"
# whoever has no number is often given this one, and its check digit agrees
EMPTY_NIP = "0" * 10


def normalize(number):
    """Return a tax number without separators and without the Polish prefix.

    A foreign number keeps the prefix of its country.

    >>> normalize("525-21-44-767"), normalize("PL 525 214 47 67")
    ('5252144767', '5252144767')
    >>> normalize("pl5252144767"), normalize("de 136.695.976")
    ('5252144767', 'DE136695976')
    >>> normalize("NIP: 525-21-44-767")
    '5252144767'
    >>> normalize("PL"), normalize(" /"), normalize(None), normalize(False)
    ('', '', '', '')

    :param number: text as typed, or nothing
    :rtype: str
    """
    compact = re.sub(r"[\W_]", "", number or "").upper()
    compact = re.sub(r"^(NIP|VAT)(?=(PL)?\d)", "", compact)
    return re.sub(r"^PL(?=\d|$)", "", compact)
