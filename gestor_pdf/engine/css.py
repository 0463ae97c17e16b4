"""Cuts a stylesheet down to what one document can match.

The host's report bundle has some thousand rules and five dozen font faces, a
document matches a few hundred and two. Parsing and matching all of them would take
longer than laying out the document. The cut is safe, not exact: a rule goes only
when it asks for a class that no element has.

>>> sheet = Stylesheet(".a, .b .c { color: red } @media print { p { margin: 0 } }")
>>> print(sheet.cut({"a"}))
.a{color: red }
p{margin: 0 }
"""

import re
from typing import NamedTuple

_TOKENS = re.compile(
    r""" "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'   # strings
       | /\*.*?\*/                               # comments
       | url\((?!["'])[^)]*\)                    # addresses without quotes
       | [{};] """,
    re.DOTALL | re.VERBOSE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
# parts of a selector that do not ask for a class of a matched element
_OPTIONAL = re.compile(r":(?:not|is|where|has)\([^)]*\)|\[[^\]]*\]")
# states that paper does not know
_NEVER = re.compile(r":(?:hover|focus|active|disabled|checked|target)\b")
# an address of this server or a data: address; others are refused anyway
_OWN_SOURCE = re.compile(r"url\((?!\s*[\"']?(?:https?:|//))", re.IGNORECASE)
_PAINT = re.compile(r"(?<![\w-])(fill|stroke)\s*:\s*([^;}!]*[^;}!\s])")
_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"'}]+)", re.IGNORECASE)


class Rule(NamedTuple):
    """One rule; ``selectors`` are pairs of the classes asked for and the text."""

    selectors: list
    body: str


class Stylesheet:
    """A parsed stylesheet, made once and cut for each document.

    :param str text: CSS
    """

    def __init__(self, text):
        self.font_faces = []  #: pairs of family and text
        self.rules = list(self._parse(text))

    def _parse(self, text):
        for prelude, body in split_blocks(text):
            if not prelude.startswith("@"):
                yield Rule(list(_printable_selectors(prelude)), body)
            elif prelude.startswith("@font-face"):
                family = _FAMILY.search(body)
                if family and _OWN_SOURCE.search(body):
                    face = f"{prelude}{{{body}}}"
                    self.font_faces.append((family[1].strip(), face))
            elif prelude.startswith("@media") and _is_for_print(prelude):
                yield from self._parse(body)

    def cut(self, classes):
        """Return the rules that elements with these classes can match.

        :param classes: every class of the document
        :return: CSS without font faces
        :rtype: str
        """
        kept = []
        for rule in self.rules:
            selectors = [text for needed, text in rule.selectors if needed <= classes]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{rule.body.strip()} }}")
        return "\n".join(kept)

    def paints(self, classes):
        """Return the rules that colour parts of inline SVG pictures.

        :return: pairs of a selector and the ``fill`` or ``stroke`` it gives
        :rtype: list[tuple[str, dict[str, str]]]

        >>> Stylesheet(".a path { fill: red } .b { color: red }").paints({"a", "b"})
        [('.a path', {'fill': 'red'})]
        """
        found = []
        for rule in self.rules:
            values = dict(_PAINT.findall(rule.body))
            if values:
                found += [
                    (text, values)
                    for needed, text in rule.selectors
                    if needed <= classes
                ]
        return found

    def faces_used_by(self, text):
        """Return the font faces whose family a text mentions.

        :param str text: CSS and HTML of the document

        >>> sheet = Stylesheet("@font-face { font-family: Lato; src: url(x) }")
        >>> sheet.faces_used_by("body{font-family: 'Lato', serif}")
        ['@font-face{ font-family: Lato; src: url(x) }']
        >>> sheet.faces_used_by("body{font-family: Roboto}")
        []
        """
        families = {family for family, _face in self.font_faces if family in text}
        return [face for family, face in self.font_faces if family in families]


def split_blocks(text):
    """Split CSS into pairs of prelude and body; statements without a body go.

    >>> list(split_blocks('@import "x"; a { b: "}" } /* c */ @media print { d { } }'))
    [('a', ' b: "}" '), ('@media print', ' d { } ')]
    """
    depth = start = inner = 0
    prelude = ""
    for match in _TOKENS.finditer(text):
        token = match.group()
        if token == "{":
            if not depth:
                prelude, inner = text[start : match.start()], match.end()
            depth += 1
        elif token == "}":
            depth = max(depth - 1, 0)
            if not depth:
                yield _COMMENT.sub("", prelude).strip(), text[inner : match.start()]
                start = match.end()
        elif token == ";" and not depth:
            start = match.end()


def split_selectors(prelude):
    """Split a list of selectors at its commas.

    >>> split_selectors('a, b:is(c, d), e[f="g,h"]')
    ['a', 'b:is(c, d)', 'e[f="g,h"]']
    """
    found, depth, current = [], 0, ""
    for char in prelude:
        depth += (char in "([") - (char in ")]")
        if char == "," and not depth:
            found.append(current.strip())
            current = ""
        else:
            current += char
    return [*found, current.strip()]


def required_classes(selector):
    """Return the classes without which a selector cannot match.

    >>> sorted(required_classes("div.a.b:not(.c) > .d[href$='.pdf']"))
    ['a', 'b', 'd']
    """
    names = _CLASS.findall(_OPTIONAL.sub("", selector))
    return frozenset(name.replace("\\", "") for name in names)


def _printable_selectors(prelude):
    for selector in split_selectors(prelude):
        if not _NEVER.search(selector):
            yield required_classes(selector), selector


def _is_for_print(prelude):
    """Tell whether paper, which has no width in pixels, matches a media query.

    >>> _is_for_print("@media print"), _is_for_print("@media all, screen")
    (True, True)
    >>> _is_for_print("@media screen"), _is_for_print("@media (min-width: 768px)")
    (False, False)
    """
    return bool(re.search(r"\b(print|all)\b", prelude)) and "(" not in prelude
