"""A row of a table of activities: what was done with a client, when and by whom."""

import re
from datetime import datetime
from typing import NamedTuple

from ..epp.errors import FieldError
from ..epp.values import MAX_NAME, read_short, read_text

#: what a column may hold, in the order of the fields of a row
TARGETS = (
    "date",
    "time",
    "kind",
    "nip",
    "code",
    "client",
    "subject",
    "text",
    "user",
)
SECTION = "CZYNNOSCI"
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y.%m.%d", "%Y%m%d")
_TIMES = ("%H:%M:%S", "%H:%M", "%H.%M")


def parse_moment(day, hour=""):
    """Return the moment written in one or two columns, in the writer's own time.

    >>> parse_moment("31.01.2026 14:05")
    datetime.datetime(2026, 1, 31, 14, 5)
    >>> parse_moment("2026-01-31", "9:30").hour, parse_moment("2026-01-31T10:00").hour
    (9, 10)
    >>> parse_moment("yesterday") is None
    True
    """
    day, _blank, rest = day.strip().replace("T", " ").partition(" ")
    hour = (hour.strip() or rest.strip())[:8]
    moment = _first(_DATES, day)
    if not moment or not hour:
        return moment
    clock = _first(_TIMES, hour)
    return clock and datetime.combine(moment.date(), clock.time())


def _first(patterns, text):
    for pattern in patterns:
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    return None


class Activity(NamedTuple):
    """One thing done with a client."""

    moment: datetime
    kind: str
    nip: str
    code: str
    client: str
    subject: str
    text: str
    user: str

    @classmethod
    def from_fields(cls, fields):
        """Build from the fields in the order of :data:`TARGETS`.

        :raise FieldError: if the date is none, or neither client nor words are there

        >>> row = ["31.01.2026", "", "Telefon", "", "K1", "", "", "Oferta\\nprosi", ""]
        >>> activity = Activity.from_fields(row)
        >>> activity.subject, activity.moment.year
        ('Oferta', 2026)
        """
        day = read_text(fields, 1)
        if not day:
            raise FieldError("missing", position=1, field="date")
        moment = parse_moment(day, read_text(fields, 2))
        if not moment or not 1900 < moment.year < 2200:
            raise FieldError("bad_date", position=1, field="date", value=day[:40])
        nip, code = read_short(fields, 4, "NIP"), read_short(fields, 5, "code")
        client = read_short(fields, 6, "client", MAX_NAME)
        if not (nip or code or client):
            raise FieldError("missing", position=6, field="client")
        kind, text = read_short(fields, 3, "kind"), read_text(fields, 8)
        subject = read_text(fields, 7) or re.split(r"[\r\n]", text)[0] or kind
        if not subject:
            raise FieldError("missing", position=7, field="subject")
        user = read_short(fields, 9, "user")
        return cls(moment, kind, nip, code, client, subject[:MAX_NAME], text, user)
