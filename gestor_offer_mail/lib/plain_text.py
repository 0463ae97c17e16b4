"""A readable text of an HTML e-mail: tables row by row, links with their address.

    >>> print(to_text('<h1>Offer</h1><p>See <a href="https://x.pl">the page</a></p>'))
    Offer
    <BLANKLINE>
    See the page: https://x.pl

    >>> print(to_text('<table><tr><td>Saw</td><td> 2 pcs</td><td></td></tr></table>'))
    Saw | 2 pcs

A table that only arranges says so by its role and is read as plain blocks:

    >>> print(to_text('<table role="presentation"><tr><td><p>A</p></td></tr></table>'))
    A

Pictures, styles, comments and what is hidden say nothing:

    >>> to_text('<style>p {}</style><p>A<br>B<img src="x"><!-- c --></p>')
    'A\\nB'
    >>> to_text('<p style="display: none">Preview</p><p>A</p>')
    'A'
    >>> to_text("")
    ''
"""

import re

from lxml import etree, html

SKIPPED = {"head", "img", "script", "style", "title"}
BLOCKS = {"blockquote", "div", "h1", "h2", "h3", "h4", "p", "table", "tr", "ul"}
SPACED = {"blockquote", "h1", "h2", "h3", "h4", "p", "table", "ul"}
HIDDEN = re.compile(r"display\s*:\s*none")
SPACE = re.compile(r"[ \t\r\f\v\n\u200b]+")


def to_text(source):
    """Return the text of HTML.

    :param str source: HTML
    :rtype: str
    """
    if not (source or "").strip():
        return ""
    parts = []
    _walk(html.fromstring(f"<div>{source}</div>"), parts)
    lines = [SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _walk(node, parts):
    tag = node.tag
    if not isinstance(tag, str) or tag in SKIPPED:
        return
    if HIDDEN.search(node.get("style") or ""):
        return
    if tag == "br":
        parts.append("\n")
        return
    if tag == "tr" and not _is_layout(node):
        _add_row(node, parts)
        return
    if tag in BLOCKS:
        parts.append("\n\n" if tag in SPACED else "\n")
    if tag == "li":
        parts.append("\n- ")
    _add_inside(node, parts)
    if tag == "a":
        _add_address(node, parts)
    if tag in BLOCKS:
        parts.append("\n\n" if tag in SPACED else "\n")


def _add_inside(node, parts):
    parts.append(SPACE.sub(" ", node.text or ""))
    for child in node:
        _walk(child, parts)
        parts.append(SPACE.sub(" ", child.tail or ""))


def _is_layout(row):
    table = next(row.iterancestors("table"), None)
    return table is not None and table.get("role") == "presentation"


def _add_row(row, parts):
    """Add the cells of a row on one line."""
    cells = []
    for cell in row:
        inside = []
        if isinstance(cell.tag, str):
            _add_inside(cell, inside)
        text = SPACE.sub(" ", "".join(inside)).strip()
        if text:
            cells.append(text)
    if cells:
        parts.append("\n" + " | ".join(cells))


def _add_address(link, parts):
    address = link.get("href") or ""
    text = etree.tostring(link, method="text", encoding="unicode", with_tail=False)
    if address.startswith("http") and address != text.strip():
        while parts and not parts[-1].strip():
            parts.pop()
        parts[-1:] = [part.rstrip() for part in parts[-1:]]
        parts.append(f": {address}")
