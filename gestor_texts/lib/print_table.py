"""The table of lines of a print: nothing but escaped values between fixed tags."""

from markupsafe import Markup

_CELL = Markup('<{tag} style="text-align: {align}; padding: 2px 6px">{value}</{tag}>')
ALIGNS = {"left", "right", "center"}


def build_table(titles, aligns, rows, totals=None):
    """Return a table as HTML; values that are no markup are escaped.

    :param titles: one text for each column
    :param aligns: ``left``, ``right`` or ``center`` for each column
    :param rows: lists of values, one for each column
    :param totals: values of a last row in bold, or nothing

    >>> build_table(["A & B"], ["right"], [["<1>"]]).count("&lt;1&gt;")
    1
    >>> build_table(["A"], ["left"], [])
    Markup('')
    >>> build_table(["A"], ["left"], [["1"], ["2"]], ["3"]).count("<th ")
    2
    """
    if not rows:
        return Markup("")
    head = _build_row("th", titles, aligns)
    body = Markup("").join(_build_row("td", row, aligns) for row in rows)
    if totals:
        # not a footer of the table: that would stand on each page
        body += _build_row("th", totals, aligns)
    return Markup(
        '<table class="table table-sm gestor_print_lines" style="width: 100%">'
        "<thead>{head}</thead><tbody>{body}</tbody></table>"
    ).format(head=head, body=body)


def _build_row(tag, values, aligns):
    cells = (
        _CELL.format(tag=tag, align=align if align in ALIGNS else "left", value=value)
        for value, align in zip(values, aligns, strict=True)
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))
