"""Names and numbers of people, and the register number of firms.

Pure Python. Source of the check digits and of the century in a PESEL: the acts on the
register of people and on public statistics, as python-stdnum implements them.
"""

import re

from stdnum.pl import pesel, regon


def split_name(name):
    """Return the first names and the last name of a person.

    The last word is taken for the last name; a name of one word is a last name.

    >>> split_name("Jan  Maria Rokita"), split_name("Kowalska-Nowak")
    (('Jan Maria', 'Rokita'), ('', 'Kowalska-Nowak'))
    >>> split_name(" "), split_name(None)
    (('', ''), ('', ''))

    :rtype: tuple[str, str]
    """
    *first, last = (name or "").split() or [""]
    return " ".join(first), last


def join_name(first_name, last_name):
    """Return the whole name of a person.

    >>> join_name("Jan", "Kowalski"), join_name("", "Nowak"), join_name(None, False)
    ('Jan Kowalski', 'Nowak', '')

    :rtype: str
    """
    return " ".join(f"{first_name or ''} {last_name or ''}".split())


def read_pesel(number):
    """Return what a PESEL says: the date of birth and the sex; nothing of a wrong one.

    >>> read_pesel("440514 01359")
    (datetime.date(1944, 5, 14), 'male')
    >>> read_pesel("44051401358"), read_pesel(""), read_pesel(None)
    (None, None, None)

    :rtype: tuple[datetime.date, str] | None
    """
    compact = compact_number(number)
    if not compact or not pesel.is_valid(compact):
        return None
    sex = {"M": "male", "F": "female"}[pesel.get_gender(compact)]
    return pesel.get_birth_date(compact), sex


def is_regon(number):
    """Tell whether a number of 9 or 14 digits is a REGON with the right check digit.

    >>> is_regon("192598184"), is_regon("192598183"), is_regon("123456785 12347")
    (True, False, True)
    >>> is_regon("000000000"), is_regon("")
    (False, False)

    :rtype: bool
    """
    compact = compact_number(number)
    return bool(compact.strip("0")) and regon.is_valid(compact)


def is_krs(number):
    """Tell whether a number has the ten digits of a KRS number.

    >>> is_krs("0000028860"), is_krs("28860"), is_krs("0000000000")
    (True, False, False)

    :rtype: bool
    """
    compact = compact_number(number)
    return bool(re.fullmatch(r"\d{10}", compact) and compact.strip("0"))


def compact_number(number):
    """Return a number without spaces and dashes.

    >>> compact_number("192-598 184"), compact_number(False)
    ('192598184', '')

    :rtype: str
    """
    return re.sub(r"[\s-]", "", number or "")
