"""Joins body, header and footer of a report to one HTML document.

The host cuts the HTML of a report into bodies, one document with all headers and one
with all footers, because wkhtmltopdf wants separate files. Paged CSS wants them
together, as running elements at the top of the body.
"""

import re
from typing import NamedTuple

import cssselect2
import lxml.html

#: Anchors behind the last line of header and footer: where they are after the layout
#: tells whether the margins are large enough.
HEADER_END, FOOTER_END = "gestor-pdf-header-end", "gestor-pdf-footer-end"

#: What browsers need and paper does not, and what only wkhtmltopdf got wrong.
PRINT_CSS = f"""
html {{ height: auto !important }}
body {{ height: auto; margin: 0 }}
body.container, .gestor-pdf-frame {{ max-width: none }}
.gestor-pdf-header {{ position: running(gestor-header) }}
.gestor-pdf-footer {{ position: running(gestor-footer) }}
.gestor-pdf-frame {{ position: relative; height: auto }}
.gestor-pdf-frame .position-fixed {{ position: absolute !important }}
.gestor-pdf-frame .page::after {{ content: counter(page) }}
.gestor-pdf-frame .topage::after {{ content: counter(pages) }}
.gestor-pdf-frame h1, .gestor-pdf-frame h2, .gestor-pdf-frame h3,
.gestor-pdf-frame h4, .gestor-pdf-frame h5, .gestor-pdf-frame h6 {{
    bookmark-level: none
}}
/* white space below a header is no reason to move the body down */
.gestor-pdf-header ul:last-child, .gestor-pdf-header p:last-child,
.gestor-pdf-header address:last-child {{ margin-bottom: 0 }}
.gestor-pdf-footer .o_footer_content {{ padding-bottom: 0 !important }}
#{HEADER_END}, #{FOOTER_END} {{ display: block; height: 0 }}
/* some reports of the host keep wkhtmltopdf from repeating the head, inline */
thead {{ display: table-header-group !important }}
tfoot {{ display: table-footer-group }}
/* WeasyPrint moves a clipping box below a float instead of making it narrower */
.o_label_extra_data {{ overflow: visible !important }}
tr, img, .o_total_table {{ break-inside: avoid }}
h1, h2, h3, h4, h5, h6 {{ break-after: avoid }}
"""

_BACKGROUND = re.compile(r"background-image:\s*(url\([^)]*\))\s*;?")
_CLIPPING = {"overflow-hidden", "overflow-x-hidden"}


class Parts(NamedTuple):
    """The headers or the footers of all documents."""

    nodes: list  #: one for each document
    body_class: str
    shared: bool  #: whether the one node belongs on every document

    def node(self, index):
        """Return a copy for one document, or None."""
        index = 0 if self.shared else index
        if index >= len(self.nodes):
            return None
        return lxml.html.fromstring(lxml.html.tostring(self.nodes[index]))


class Document(NamedTuple):
    """One document, ready for the layout."""

    root: object  #: lxml element
    classes: frozenset  #: every class in it
    stylesheets: tuple  #: addresses of the bundles it asks for
    css: str  #: rules of this document alone

    def to_html(self):
        """Return the document as text."""
        return "<!DOCTYPE html>" + lxml.html.tostring(self.root, encoding="unicode")


def split_parts(html, container_id):
    """Take the HTML with all headers (or footers) apart.

    :param str html: as the host prepares it, or empty
    :param str container_id: id of the element around them. Without one the whole
        body is meant and belongs on every document
    :rtype: Parts

    >>> parts = split_parts('<body class="c"><div id="x"><p>1</p><p>2</p></div>', "x")
    >>> parts.body_class, [node.text for node in parts.nodes], parts.shared
    ('c', ['1', '2'], False)
    >>> split_parts("<body><p>1</p><p>2</p></body>", "x").shared
    True
    """
    if not html:
        return Parts([], "", False)
    root = lxml.html.document_fromstring(html)
    body = root.find("body")
    body_class = body.get("class", "")
    found = root.xpath("//*[@id=$name]", name=container_id)
    if found:
        return Parts(list(found[0]), body_class, False)
    box = lxml.html.Element("div")
    box.extend(list(body))
    return Parts([box], body_class, True)


def build(body_html, header=None, footer=None, frame_class=""):
    """Join the parts of one document.

    :param str body_html: one body as the host prepares it
    :param header: element or None
    :param footer: element or None
    :param str frame_class: classes of the body that header and footer came from
    :rtype: Document

    >>> footer = lxml.html.fromstring('<div class="footer">foot</div>')
    >>> document = build('<link rel="stylesheet" href="/a.css"><p class="k">x</p>',
    ...     footer=footer)
    >>> document.stylesheets, sorted(document.classes)[:2]
    (('/a.css',), ['footer', 'gestor-pdf-footer'])
    >>> "<link" in document.to_html()
    False
    """
    root = lxml.html.document_fromstring(body_html)
    body = root.find("body")
    _remove_classes(body, _CLIPPING)
    stylesheets = []
    for node in root.xpath("//link | //base | //script"):
        if node.get("rel") == "stylesheet" and node.get("href"):
            stylesheets.append(node.get("href"))
        node.drop_tree()
    _forbid_embedded_files(root)
    _limit_spans(root)
    for name, part, end in (
        ("footer", footer, FOOTER_END),
        ("header", header, HEADER_END),
    ):
        if part is not None:
            body.insert(0, _running(name, part, frame_class, end))
    _strip_ends(body)
    css = _move_background_to_page(body)
    classes = frozenset(
        name for text in root.xpath("//@class") for name in text.split()
    )
    return Document(root, classes, tuple(stylesheets), css)


def paint_svg(root, paints):
    """Write the colours of inline SVG pictures from the stylesheet into their elements.

    WeasyPrint draws such a picture by itself, without the rules of the document.

    :param root: element, changed in place
    :param paints: pairs of a selector and attributes

    >>> root = lxml.html.fromstring('<div class="a"><svg><rect/></svg></div>')
    >>> paint_svg(root, [(".a rect", {"fill": "red"})])
    >>> lxml.html.tostring(root, encoding="unicode")
    '<div class="a"><svg><rect fill="red"></rect></svg></div>'
    """
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    for selector, attributes in paints:
        try:
            matches = list(wrapper.query_all(selector))
        except cssselect2.SelectorError:
            continue
        for match in matches:
            if next(match.etree_element.iterancestors("svg"), None) is not None:
                match.etree_element.attrib.update(attributes)


def identity(body_html):
    """Tell which record a body belongs to.

    >>> identity('<div class="article" data-oe-model="a.b" data-oe-id="7">x</div>')
    ('a.b', '7')
    >>> identity("<div>x</div>") is None
    True
    """
    tag = re.search(r"<div[^>]*\bdata-oe-model=[^>]*>", body_html)
    if not tag:
        return None
    values = [
        re.search(rf'{attribute}="([^"]*)"', tag.group())
        for attribute in ("data-oe-model", "data-oe-id")
    ]
    return tuple(value[1] for value in values) if all(values) else None


def _running(name, node, frame_class, end):
    """Wrap a header or footer so that it repeats on every page."""
    outer = lxml.html.Element("div", {"class": f"gestor-pdf-{name}"})
    frame = lxml.html.Element("div", {"class": f"gestor-pdf-frame {frame_class}"})
    outer.append(frame)
    _remove_classes(frame, _CLIPPING)
    frame.append(node)
    # WeasyPrint gives an empty item a line, browsers do not
    for item in frame.xpath(".//li[not(*) and not(normalize-space())]"):
        item.drop_tree()
    frame.append(lxml.html.Element("span", {"id": end}))
    return outer


def _strip_ends(body):
    """Remove white space at the end of blocks.

    It is never seen, but WeasyPrint gives it a line when a block stands before it in
    an inline element, as ``<li><span><p>..</p></span> </li>``.
    """
    for block in body.iter("li", "div", "td", "th"):
        if len(block) and not (block[-1].tail or "").strip():
            block[-1].tail = None


def _move_background_to_page(body):
    """Put the layout's background picture behind every page instead of the article.

    On the article it would be as large as the text and be torn at page breaks.
    """
    for node in body.xpath(".//*[contains(@class, 'o_report_layout_background')]"):
        style = node.get("style", "")
        picture = _BACKGROUND.search(style)
        if picture:
            node.set("style", _BACKGROUND.sub("", style))
            return (
                f"@page {{ background: {picture[1]} no-repeat center / contain;"
                " background-origin: content-box }"
            )
    return ""


def _forbid_embedded_files(root):
    """Keep links of user text from attaching files to the PDF."""
    for node in root.xpath("//a[@rel]"):
        if "attachment" in node.get("rel").lower():
            del node.attrib["rel"]


def _limit_spans(root):
    """Cut senseless numbers of columns, as browsers do.

    Source: HTML Living Standard, algorithm for processing rows: at most 1000.

    >>> root = lxml.html.fromstring('<table><td colspan="9999">x</td></table>')
    >>> _limit_spans(root)
    >>> lxml.html.tostring(root)
    b'<table><td colspan="1000">x</td></table>'
    """
    for node in root.xpath("//*[@colspan > 1000 or @span > 1000]"):
        for name in {"colspan", "span"} & set(node.attrib):
            node.set(name, "1000")


def _remove_classes(node, names):
    kept = [name for name in node.get("class", "").split() if name not in names]
    node.set("class", " ".join(kept))
