"""Lists put beside each other: which lines belong together and what differs.

A line is a dict with a ``key`` that says what it is about, a ``title`` and values.
Lines with the same key in one list are told apart by their order.
"""

#: floats that differ by less are the same
PRECISION = 6


def compare(columns, names, reference=None):
    """Return the rows of a table with a column per list.

    :param list columns: the lists of lines
    :param names: the values that are compared
    :param reference: the column all others are compared with; None: each one with the
        column before it
    :return: ``[{"title", "differs", "cells"}]``; a cell is ``{"line", "status",
        "changes"}`` with the status ``same``, ``changed``, ``added``, ``missing`` or
        ``absent`` (in neither) and the names of the changed values
    :rtype: list[dict]

    >>> old = [{"key": 1, "title": "Lamp", "price": 10}, {"key": 2, "title": "Cable"}]
    >>> new = [{"key": 1, "title": "Lamp", "price": 9}, {"key": 3, "title": "Switch"}]
    >>> for row in compare([old, new], ["price"]):
    ...     print(row["title"], row["differs"], [c["status"] for c in row["cells"]])
    Lamp True ['same', 'changed']
    Switch True ['absent', 'added']
    Cable True ['same', 'missing']
    """
    numbered = [_number(lines) for lines in columns]
    rows = []
    for key in merge_order(numbered):
        lines = [lines.get(key) for lines in numbered]
        cells = [
            _compare_cell(line, lines[_get_base(index, reference)], names)
            for index, line in enumerate(lines)
        ]
        rows.append(
            {
                "title": next(line["title"] for line in lines if line),
                "differs": any(
                    cell["status"] not in ("same", "absent") for cell in cells
                ),
                "cells": cells,
            }
        )
    return rows


def merge_order(sequences):
    """Return all items once, each behind the one it follows where it comes from.

    >>> merge_order(["abd", "acd", "xa"])
    ['x', 'a', 'c', 'b', 'd']
    """
    order = []
    for sequence in sequences:
        place = 0
        for item in sequence:
            if item in order:
                place = order.index(item) + 1
            else:
                order.insert(place, item)
                place += 1
    return order


def _number(lines):
    """Return the lines by key and by how often the key stood before.

    >>> list(_number([{"key": 1}, {"key": 2}, {"key": 1}]))
    [(1, 0), (2, 0), (1, 1)]
    """
    seen = {}
    numbered = {}
    for line in lines:
        count = seen.get(line["key"], 0)
        seen[line["key"]] = count + 1
        numbered[line["key"], count] = line
    return numbered


def _get_base(index, reference):
    return max(index - 1, 0) if reference is None else reference


def _compare_cell(line, base, names):
    """Return one cell.

    >>> _compare_cell({"price": 1.0000000001}, {"price": 1.0}, ["price"])["status"]
    'same'
    """
    changes = []
    if line and base:
        changes = [name for name in names if differs(line.get(name), base.get(name))]
        status = "changed" if changes else "same"
    elif line:
        status = "added"
    else:
        status = "missing" if base else "absent"
    return {"line": line, "status": status, "changes": changes}


def differs(one, other):
    """Tell whether two values differ.

    >>> differs(0.1 + 0.2, 0.3), differs("a", "b"), differs(False, None)
    (False, True, False)
    """
    if isinstance(one, float) or isinstance(other, float):
        return round((one or 0) - (other or 0), PRECISION) != 0
    return (one or None) != (other or None)
