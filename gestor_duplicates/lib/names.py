"""Names of firms and people as keys that small differences do not change.

Pure Python. Two names with one key are the same name written in two ways; the database
compares keys that are nearly equal.
"""

import re
import unicodedata

# what NFKD does not take apart
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
#: legal forms, longest first, as they look without punctuation and diacritics
LEGAL_FORMS = (
    "spolka z ograniczona odpowiedzialnoscia",
    "spolka komandytowo akcyjna",
    "spolka komandytowa",
    "spolka akcyjna",
    "spolka jawna",
    "spolka partnerska",
    "spolka cywilna",
    "prosta spolka akcyjna",
    "spolka",
    "sp z o o",
    "sp zoo",
    "spzoo",
    "z o o",
    "sp k a",
    "sp j",
    "sp k",
    "sp p",
    "s k a",
    "p s a",
    "s a",
    "s c",
    "ska",
    "psa",
    "spj",
    "spk",
    "sa",
    "sc",
    "zoo",
    "sp",
    "gmbh co kg",
    "gmbh",
    "ag",
    "ug",
    "kg",
    "ltd",
    "limited",
    "llc",
    "inc",
    "corp",
    "s r o",
    "sro",
    "sarl",
    "bv",
    "srl",
    "spa",
)
#: what says that it is a firm, not which one
GENERIC = (
    "przedsiebiorstwo",
    "zaklad",
    "firma",
    "handlowa",
    "handlowe",
    "handlowo",
    "handlowy",
    "uslugowa",
    "uslugowe",
    "uslugowo",
    "uslugowy",
    "produkcyjna",
    "produkcyjne",
    "produkcyjno",
    "produkcyjny",
    "wielobranzowe",
    "phu",
    "fhu",
    "pphu",
    "ppuh",
    "phup",
    "pw",
    "ph",
    "fh",
    "zpu",
)
_FORMS = re.compile(rf"\b(?:{'|'.join(LEGAL_FORMS)})\b")
_GENERIC = frozenset(GENERIC)
# P.H.U. and P H U are one word
_INITIALS = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")
KEY_LENGTH = 120


def plain(text):
    """Return a text in small letters without diacritics and punctuation.

    >>> plain("Żółta Łódź - Hände & Søn")
    'zolta lodz hande son'
    >>> plain(None), plain("...")
    ('', '')

    :rtype: str
    """
    text = unicodedata.normalize("NFKD", (text or "").casefold().translate(LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]|_", " ", text).split())


def key(name):
    """Return the words of a name in the order of the alphabet, without legal forms.

    >>> key("ABC Sp. z o.o."), key("Spółka z ograniczoną odpowiedzialnością ABC")
    ('abc', 'abc')
    >>> key("P.H.U. Żółw Kowalski Jan s.c."), key("Jan Kowalski ŻÓŁW")
    ('jan kowalski zolw', 'jan kowalski zolw')
    >>> key("Zakład Usługowo-Handlowy Nowak S.A."), key("A&B Sp.j.")
    ('nowak', 'a b')

    A name of nothing but such words is kept as it is.

    >>> key("Spółka Akcyjna"), key("Firma Handlowa"), key("S.A.")
    ('akcyjna spolka', 'firma handlowa', 'a s')
    >>> key(None), key("-")
    ('', '')

    :rtype: str
    """
    words = plain(name)
    bare = _FORMS.sub(" ", words)
    bare = _INITIALS.sub(lambda match: match.group().replace(" ", ""), bare)
    kept = [word for word in bare.split() if word not in _GENERIC]
    return " ".join(sorted(kept or words.split()))[:KEY_LENGTH].strip()
