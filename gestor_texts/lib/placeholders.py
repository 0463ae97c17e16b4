"""Placeholders in texts that users write: cut out once, filled in many times.

Nothing is ever evaluated. A text is cut into literal pieces and the names of what
goes between them; whoever fills it in brings the values. A value is escaped and never
cut again, so ``{{...}}`` inside of a value stays what it is.

A placeholder has two forms: a chip ``<span class="gestor_autotext" data-id="code">``
in HTML, which survives renaming and translation, and ``{{Name}}`` in any text.
"""

import re
import unicodedata
from dataclasses import dataclass

from lxml import html
from markupsafe import Markup, escape

CHIP_CLASS = "gestor_autotext"
#: an attribute that the host's sanitizer keeps
CHIP_CODE = "data-id"
_NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}|%7b%7b|%7d%7d", re.IGNORECASE)
# private characters, taken out of each text first: nobody can write a mark himself
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_STRAY_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")


class PlaceholderError(ValueError):
    """A placeholder is not whole, or stands where none can; the argument shows it."""


@dataclass(frozen=True)
class Text:
    """A text cut into pieces: literal, name, literal, ..., literal."""

    pieces: tuple
    is_html: bool

    @property
    def names(self):
        """Names and codes of the placeholders, in the order of the text."""
        return self.pieces[1::2]

    def fill(self, values):
        """Return the text with its values; what is no markup is escaped in HTML.

        :param dict values: ``{name: value}``; a name that is missing gives nothing

        >>> cut_text("Dear {{Name}}!").fill({"Name": "{{Password}}"})
        'Dear {{Password}}!'
        >>> cut_html("<p>Dear {{ Name }}</p>").fill({"Name": "<b>Ann</b>"})
        Markup('<p>Dear &lt;b&gt;Ann&lt;/b&gt;</p>')
        """
        pieces = list(self.pieces)
        if self.is_html:
            pieces[1::2] = [escape(values.get(name, "")) for name in self.names]
            return Markup("").join(map(Markup, pieces))
        pieces[1::2] = [str(values.get(name, "")) for name in self.names]
        return "".join(pieces)


def cut_text(source):
    """Return a plain text cut at its placeholders.

    :raise PlaceholderError: if braces are left over

    >>> cut_text("Dear {{ Client  name }}, see {{Link}}").names
    ('Client  name', 'Link')
    >>> cut_text("Dear {{Client")
    Traceback (most recent call last):
    ...
    gestor_texts.lib.placeholders.PlaceholderError: Dear {{Client
    """
    pieces = _NAMED.split(source or "")
    _check_literals(pieces)
    return Text(tuple(pieces), False)


def cut_html(source):
    """Return sanitized HTML cut at its chips and its named placeholders.

    :raise PlaceholderError: if braces are left over, or stand in an attribute

    >>> chip = '<p>Dear <span class="gestor_autotext" data-id="name">Name</span></p>'
    >>> cut_html(chip).pieces
    ('<p>Dear ', 'name', '</p>')
    >>> cut_html('<a href="https://a.pl/{{Name}}">x</a>')
    Traceback (most recent call last):
    ...
    gestor_texts.lib.placeholders.PlaceholderError: https://a.pl/{{Name}}
    """
    source = _STRAY_MARKS.sub("", source or "")
    if not source.strip():
        return Text(("",), True)
    root = html.fragment_fromstring(source, create_parent="div")
    names = []

    def mark(name):
        names.append(name)
        return f"{_OPEN}{len(names) - 1}{_CLOSE}"

    for chip in _find_chips(root):
        for child in list(chip):
            chip.remove(child)
        chip.text = mark(chip.get(CHIP_CODE))
        chip.drop_tag()
    for element in root.iter():
        if isinstance(element.tag, str):
            element.text = _mark_names(element.text, mark)
            _check_literals(element.attrib.values())
        element.tail = _mark_names(element.tail, mark)
    inside = html.tostring(root, encoding="unicode")[len("<div>") : -len("</div>")]
    pieces = _MARK.split(inside)
    _check_literals(pieces[::2])
    pieces[1::2] = [names[int(number)] for number in pieces[1::2]]
    return Text(tuple(pieces), True)


def normal_name(name):
    """Return a name as it is compared: without case and extra spaces.

    >>> normal_name("  Nazwa\\u00a0 KLIENTA ")
    'nazwa klienta'
    """
    return " ".join((name or "").split()).casefold()


def code_from_name(name):
    """Return a code made of a name.

    >>> code_from_name("Nazwa głównego klienta (2)")
    'nazwa_glownego_klienta_2'
    """
    text = (name or "").casefold().replace("ł", "l")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _find_chips(root):
    return [
        span
        for span in root.iter("span")
        if CHIP_CLASS in (span.get("class") or "").split() and span.get(CHIP_CODE)
    ]


def _mark_names(text, mark):
    return _NAMED.sub(lambda match: mark(match[1]), text) if text else text


def _check_literals(texts):
    for text in texts:
        if _BRACES.search(text):
            raise PlaceholderError(text.strip()[:60])
