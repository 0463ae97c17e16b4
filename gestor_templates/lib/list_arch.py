"""Changes the columns and the colours of a list, on its XML.

A list is changed each time it is read, never copied: a column that an update removes is
left out, a column that an update adds comes last and hidden.

>>> arch = '<list><field name="a"/><field name="b" optional="show"/></list>'
>>> arrange(arch, [Column("b", "shown"), Column("a", "gone")], {})
'<list><field name="b"/><field name="a" column_invisible="True"/></list>'
>>> arrange(arch, [Column("b", "shown"), Column("c", "show", 80)], {"c"})[6:69]
'<field name="b"/><field name="c" optional="show" width="80px"/>'
"""

from typing import NamedTuple

from lxml import etree

OPERATORS = {
    "=": "==",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "in": "in",
    "not in": "not in",
}
JOINS = {"&": "and", "|": "or"}


class Column(NamedTuple):
    """A column: always shown, shown or hidden at the user's choice, or gone."""

    name: str
    state: str
    width: int = 0


def columns(arch):
    """Return the columns that a list has for its user.

    >>> columns('<list><field name="a"/><field name="b" optional="hide"/>'
    ...         '<field name="c" column_invisible="True"/></list>')
    [Column(name='a', state='shown', width=0), Column(name='b', state='hide', width=0)]
    """
    return [
        Column(node.get("name"), node.get("optional") or "shown")
        for node in etree.fromstring(arch).iterchildren("field")
        if not _is_technical(node)
    ]


def arrange(arch, wanted, known, decorations=()):
    """Return the list with the wanted columns in their order.

    :param str arch: XML of the list
    :param list[Column] wanted: the columns; those that are neither in the list nor
        among the known fields are left out
    :param set known: names of the fields that may be added
    :param decorations: pairs of a colour and a Python expression
    """
    root = etree.fromstring(arch)
    nodes = {
        node.get("name"): node
        for node in root.iterchildren("field")
        if not _is_technical(node)
    }
    if wanted:
        _reorder(root, nodes, wanted, known)
    for color, expression in decorations:
        name = f"decoration-{color}"
        earlier = root.get(name)
        root.set(name, f"({earlier}) or ({expression})" if earlier else expression)
    return etree.tostring(root, encoding="unicode")


def _reorder(root, nodes, wanted, known):
    place = min((root.index(node) for node in nodes.values()), default=len(root))
    # whatever else is there, like buttons, stays where it is: after the columns
    for node in nodes.values():
        root.remove(node)
    arranged = []
    for column in wanted:
        node = nodes.pop(column.name, None)
        if node is None:
            if column.name not in known or column.state == "gone":
                continue
            node = etree.Element("field", name=column.name)
        _set_state(node, column)
        arranged.append(node)
    for node in nodes.values():
        node.set("optional", "hide")
    for offset, node in enumerate([*arranged, *nodes.values()]):
        node.tail = None
        root.insert(place + offset, node)


def _set_state(node, column):
    node.attrib.pop("optional", None)
    if column.state == "gone":
        node.set("column_invisible", "True")
    elif column.state != "shown":
        node.set("optional", column.state)
    if column.width:
        node.set("width", f"{column.width}px")


def _is_technical(node):
    return node.get("column_invisible") in ("1", "True")


def add_technical(arch, names):
    """Return the list with fields that only its expressions need.

    >>> add_technical('<list><field name="a"/></list>', ["a", "b"])
    '<list><field name="a"/><field name="b" column_invisible="True"/></list>'
    """
    root = etree.fromstring(arch)
    present = {node.get("name") for node in root.iterchildren("field")}
    for name in names:
        if name not in present:
            root.append(etree.Element("field", name=name, column_invisible="True"))
    return etree.tostring(root, encoding="unicode")


def to_expression(domain):
    """Return the Python expression of a domain on the fields of a record itself.

    >>> to_expression([("state", "=", "late"), ("hours", ">", 3)])
    "(state == 'late') and (hours > 3)"
    >>> to_expression(["|", ("state", "in", ["a", "b"]), "!", ("user_id", "=", False)])
    "(state in ['a', 'b']) or (not (not user_id))"

    :raise ValueError: for what a list cannot tell, like the fields of other records
    """
    terms = list(domain)
    expression = _take(terms)
    while terms:  # terms that stand side by side all hold
        expression = f"({expression}) and ({_take(terms)})"
    return expression


def field_names(domain):
    """Return the names of the fields in a domain, in their order.

    >>> field_names(["|", ("a", "=", 1), ("b", "=", 2)])
    ['a', 'b']
    """
    return list(dict.fromkeys(term[0] for term in domain if not isinstance(term, str)))


def _take(terms):
    if not terms:
        raise ValueError("The condition is not complete")
    term = terms.pop(0)
    if term == "!":
        return f"not ({_take(terms)})"
    if isinstance(term, str):
        left = _take(terms)
        return f"({left}) {JOINS[term]} ({_take(terms)})"
    name, operator, value = term
    if operator not in OPERATORS or not str(name).isidentifier():
        raise ValueError(f"{name} {operator}")
    if value is False and operator in ("=", "!="):
        return f"not {name}" if operator == "=" else f"{name}"
    return f"{name} {OPERATORS[operator]} {value!r}"
