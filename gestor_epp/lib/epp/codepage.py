"""Which code page a file is really written in.

EDI++ files name their code page in the third field of ``[INFO]``: 1250
(Windows) or 852 (DOS). Programs and people get it wrong often enough (a file
saved again by an editor) that the letters themselves have a say.
"""

import codecs

#: bytes of the lower-case Polish letters; the two sets have nothing in common
_LOWER = "ąćęłńóśźż"
_BYTES_1250 = frozenset(_LOWER.encode("cp1250"))
_BYTES_852 = frozenset(_LOWER.encode("cp852"))
_ALIASES = {
    "1250": "cp1250",
    "852": "cp852",
    "65001": "utf-8",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
#: how many letters must speak against the header before it is overruled
_EVIDENCE = 4


def named(value):
    """Return the Python codec for the code page a header names, or ``None``.

    >>> named("1250"), named(" CP852 "), named("windows-1250"), named("437x")
    ('cp1250', 'cp852', 'cp1250', None)
    """
    value = value.strip().lower()
    for prefix in ("windows-", "cp", "ibm", "latin2"):
        value = value.removeprefix(prefix)
    return _ALIASES.get(value)


def _is_utf8(sample):
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)  # not final: a sample may end inside a letter
    except UnicodeDecodeError:
        return False
    return any(byte >= 0x80 for byte in sample)


def guess(sample):
    """Return the codec the Polish letters of ``sample`` point at, or ``None``.

    >>> guess("źdźbło żółte".encode("cp852"))
    'cp852'
    >>> guess("źdźbło żółte".encode("cp1250"))
    'cp1250'
    >>> guess("źdźbło żółte".encode("utf-8"))
    'utf-8'
    >>> guess(b"no letters to judge by") is None
    True
    """
    if _is_utf8(sample):
        return "utf-8"
    windows = sum(sample.count(byte) for byte in _BYTES_1250)
    dos = sum(sample.count(byte) for byte in _BYTES_852)
    if windows >= _EVIDENCE and windows > 3 * dos:
        return "cp1250"
    if dos >= _EVIDENCE and dos > 3 * windows:
        return "cp852"
    return None


def choose(declared, sample):
    """Return ``(codec, warning code or None)`` for a header value and a sample.

    >>> choose("1250", "zażółć gęślą".encode("cp1250"))
    ('cp1250', None)
    >>> choose("1250", "zażółć gęślą jaźń".encode("cp852"))
    ('cp852', 'codepage_differs')
    >>> choose("437", b"plain")
    ('cp1250', 'codepage_unknown')
    """
    codec = named(declared)
    seen = guess(sample)
    if codec is None:
        return seen or "cp1250", "codepage_unknown"
    if seen and seen != codec:
        return seen, "codepage_differs"
    return codec, None
