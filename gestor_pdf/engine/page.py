"""Paper, margins and scale of the pages.

The numbers mean what they mean to wkhtmltopdf, for which the host's paper formats
and layouts were made:

- the header begins ``header_spacing`` above the body, the footer where the body ends;
- content is shrunk to 1/1.28, and by 96/dpi once more, unless the paper format
  switches shrinking off. So 90 dpi, the host's default, prints 16 px as 10 pt.
"""

from dataclasses import dataclass, replace

SHRINKING = 1 / 1.28
PX_PER_MM = 96 / 25.4
PT_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Page:
    """Geometry of the pages of one document; lengths in millimetres of paper."""

    width: float = 210.0
    height: float = 297.0
    top: float = 10.0
    right: float = 10.0
    bottom: float = 10.0
    left: float = 10.0
    header_top: float = 0.0  #: from the edge of the paper to the header
    header_line: bool = False
    scale: float = SHRINKING  #: size on paper / size in the stylesheet

    @classmethod
    def from_paper(cls, paper, overrides=None, landscape=False):
        """Build the geometry of a report.

        :param dict paper: ``page_width``, ``page_height`` (as printed),
            ``margin_top``, ``margin_right``, ``margin_bottom``, ``margin_left``,
            ``header_spacing`` in mm; ``dpi``, ``disable_shrinking``, ``header_line``;
            empty for a report without paper format
        :param dict overrides: the ``data-report-*`` attributes of the document
        :param bool landscape: turn the paper, whatever the format says

        >>> euro = {"page_width": 210, "page_height": 297, "margin_top": 52, "dpi": 90}
        >>> page = Page.from_paper(euro, {"data-report-margin-top": "30"})
        >>> page.top, round(page.scale, 3), page.size_pt
        (30.0, 0.833, (595, 842))
        >>> Page.from_paper(euro, landscape=True).size_pt
        (842, 595)
        >>> Page.from_paper({}).size_pt
        (595, 842)
        """
        if not paper:
            paper = {}
        overrides = overrides or {}
        landscape = landscape or overrides.get("data-report-landscape")

        def length(name, default):
            value = overrides.get(f"data-report-{name.replace('_', '-')}")
            return _number(value, _number(paper.get(name), default))

        width, height = paper.get("page_width") or 210, paper.get("page_height") or 297
        if landscape and width < height:
            width, height = height, width
        top, dpi = length("margin_top", cls.top), length("dpi", 96) or 96
        return cls(
            width=width,
            height=height,
            top=top,
            right=_number(paper.get("margin_right"), cls.right),
            bottom=length("margin_bottom", cls.bottom),
            left=_number(paper.get("margin_left"), cls.left),
            header_top=max(top - length("header_spacing", 0), 0),
            header_line=bool(paper.get("header_line")),
            scale=(1 if paper.get("disable_shrinking") else SHRINKING) * 96 / dpi,
        )

    @property
    def size_pt(self):
        """Width and height in whole points, as viewers name paper by."""
        return round(self.width * PT_PER_MM), round(self.height * PT_PER_MM)

    def to_px(self, length):
        """Turn millimetres of paper into pixels of the stylesheet."""
        return length * PX_PER_MM / self.scale

    def to_mm(self, length):
        """Turn pixels of the stylesheet into millimetres of paper."""
        return length * self.scale / PX_PER_MM

    def with_room_for(self, header_end, footer_end):
        """Return a page whose margins hold header and footer.

        wkhtmltopdf prints a tall header over the body and cuts a tall footer.

        :param header_end: where the header ends, or None; mm from the top edge
        :param footer_end: likewise for the footer
        :return: self when nothing overflows

        >>> page = Page(top=30, bottom=20)
        >>> page.with_room_for(29, 290) is page
        True
        >>> page.with_room_for(41, 299).top, page.with_room_for(41, 299).bottom
        (43, 26.0)
        """
        top, bottom = self.top, self.bottom
        if header_end is not None and header_end > top + 1:
            # a header taller than half of the paper cannot be helped
            top = min(header_end + 2, max(self.top, self.height / 2))
        lowest = self.height - 4  # most printers reach no further
        if footer_end is not None and footer_end > lowest:
            bottom += footer_end - lowest
            bottom = min(bottom, max(self.bottom, self.height / 3))
        if (top, bottom) == (self.top, self.bottom):
            return self
        return replace(self, top=top, bottom=bottom)

    def css(self):
        """Return the rules of the page box and of the two running elements."""
        width, height = (points / self.scale for points in self.size_pt)
        top, right, bottom, left, header_top = (
            f"{self.to_px(length):.3f}px"
            for length in (
                self.top,
                self.right,
                self.bottom,
                self.left,
                self.header_top,
            )
        )
        line = "border-bottom: 1px solid;" if self.header_line else ""
        return f"""
            @page {{
                size: {width:.4f}pt {height:.4f}pt;
                margin: {top} {right} {bottom} {left};
                @top-left {{
                    content: element(gestor-header); width: 100%;
                    vertical-align: top; padding-top: {header_top}; {line}
                }}
                @bottom-left {{
                    content: element(gestor-footer); width: 100%;
                    vertical-align: top;
                }}
            }}
        """


def _number(value, default):
    """Read a number that may come from an attribute.

    >>> _number("12.5", 0), _number(False, 3), _number("wide", 3), _number(0, 3)
    (12.5, 3, 3, 0.0)
    """
    if value is None or value is False or value is True:
        return default
    try:
        return float(value)
    except ValueError:
        return default
