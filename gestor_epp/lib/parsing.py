"""One way from a row of any file to its typed record."""

from . import epp
from .tables import Activity, Card
from .tables.activities import SECTION as ACTIVITIES
from .tables.cards import SECTION as CARDS

_PARSERS = {ACTIVITIES: Activity.from_fields, CARDS: Card.from_fields}


def parse(section, fields):
    """Return the typed record of a row, or ``None`` for an unknown section.

    :raise FieldError: if the row cannot be understood

    >>> parse("WIZYTOWKI", ["Ewa"]).name, parse("CECHYTOWAROW", ["T1", "Eko"]).name
    ('Ewa', 'Eko')
    """
    if section in _PARSERS:
        return _PARSERS[section](fields)
    return epp.parse(section, fields)
