"""A visit for the calendar of a client. Pure Python.

Source: RFC 5545. Moments are UTC, so a calendar shows them right in every zone and on
both sides of a change of the clock.
"""

import re

LINE_BYTES = 75


def make_ics(uid, start, stop, stamp, summary, **more):
    """Return a calendar with one event.

    :param str uid: the same for ever, so that a moved visit replaces the old one
    :param datetime start: UTC without zone, as ``stop`` and ``stamp``
    :param more: ``description``, ``location``, ``url``, ``organizer`` (an e-mail
        address), ``sequence`` (grows with each change), ``is_cancelled``
    :rtype: str

    >>> from datetime import datetime
    >>> moments = [datetime(2026, 11, 30, hour) for hour in (8, 9, 7)]
    >>> text = make_ics("1@x", *moments, "Visit, first", location="Łódź; 2")
    >>> text.count("\\r\\n") == len(text.splitlines())
    True
    >>> print(*text.splitlines()[4:], sep="\\n")  # doctest: +ELLIPSIS
    BEGIN:VEVENT
    UID:1@x
    SEQUENCE:0
    DTSTAMP:20261130T070000Z
    DTSTART:20261130T080000Z
    DTEND:20261130T090000Z
    STATUS:CONFIRMED
    SUMMARY:Visit\\, first
    LOCATION:Łódź\\; 2
    END:VEVENT
    END:VCALENDAR
    >>> "METHOD:CANCEL" in make_ics("1", *moments, "x", is_cancelled=True)
    True
    """
    is_cancelled = more.get("is_cancelled")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gestor//Self booking//EN",
        f"METHOD:{'CANCEL' if is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{_value(uid)}",
        f"SEQUENCE:{more.get('sequence') or 0}",
        f"DTSTAMP:{_moment(stamp)}",
        f"DTSTART:{_moment(start)}",
        f"DTEND:{_moment(stop)}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(summary)}",
    ]
    for name in ("description", "location"):
        if more.get(name):
            lines.append(f"{name.upper()}:{_text(more[name])}")
    if more.get("url"):
        lines.append(f"URL:{_value(more['url'])}")
    if more.get("organizer"):
        lines.append(f"ORGANIZER:mailto:{_value(more['organizer'])}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _moment(moment):
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _value(text):
    """Return a text that cannot begin a line of its own.

    >>> _value("a\\r\\nB:c")
    'a B:c'
    """
    return re.sub(r"[\x00-\x1f\x7f]+", " ", str(text))


def _text(text):
    r"""Return a text with what has a meaning in the format escaped.

    >>> print(_text("a,b;c\\d\ne"))
    a\,b\;c\\d\ne
    """
    text = re.sub(r"([\\;,])", r"\\\1", str(text))
    return _value(re.sub(r"\r\n?|\n", r"\\n", text))


def _fold(line):
    """Return a line broken after 75 bytes, never inside a character.

    >>> folded = _fold("SUMMARY:" + "ą" * 60).split("\\r\\n ")
    >>> [len(part.encode()) for part in folded]
    [74, 54]
    """
    parts, part, size = [], "", 0
    for character in line:
        length = len(character.encode())
        if size + length > LINE_BYTES:
            parts.append(part)
            part, size = "", 1  # the space that begins it
        part, size = part + character, size + length
    return "\r\n ".join([*parts, part])
