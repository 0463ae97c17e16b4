"""Which records a relations map shows when there is no room for all of them."""


def share(counts, room):
    """Share the places of a map between the kinds of records, the small ones first.

    :param dict counts: ``{kind: number of records}``
    :param int room: how many records fit
    :return: ``{kind: number of places}``, in the order of the kinds
    :rtype: dict

    Nobody is cut while there is room:

    >>> share({"offer": 3, "mail": 5}, 10)
    {'offer': 3, 'mail': 5}

    What a small kind does not use goes to the large ones:

    >>> share({"mail": 90, "offer": 3, "order": 40}, 23)
    {'mail': 10, 'offer': 3, 'order': 10}

    The rest of a division is not lost, and no kind gets more than it has:

    >>> share({"a": 9, "b": 9}, 7)
    {'a': 3, 'b': 4}
    >>> share({"a": 9}, 0)
    {'a': 0}
    """
    places, left = {}, len(counts)
    for kind in sorted(counts, key=lambda kind: (counts[kind], str(kind))):
        places[kind] = min(counts[kind], room // left)
        room -= places[kind]
        left -= 1
    return {kind: places[kind] for kind in counts}


def newest_first(nodes, places):
    """Split nodes into those that are shown and those that are not.

    :param nodes: ``(kind, id)`` pairs in any order
    :param dict places: ``{kind: number of places}``
    :return: the shown pairs and ``{kind: hidden ids}``, highest ids first

    >>> newest_first([("a", 1), ("b", 7), ("a", 3), ("a", 2)], {"a": 2, "b": 1})
    ([('a', 3), ('a', 2), ('b', 7)], {'a': [1]})
    """
    by_kind = {}
    for kind, record_id in sorted(nodes, key=lambda node: -node[1]):
        by_kind.setdefault(kind, []).append(record_id)
    shown = [
        (kind, record_id)
        for kind in sorted(by_kind)
        for record_id in by_kind[kind][: places[kind]]
    ]
    hidden = {
        kind: ids[places[kind] :]
        for kind, ids in by_kind.items()
        if len(ids) > places[kind]
    }
    return shown, hidden
