"""What a record template keeps: values without the records around them.

>>> tree(["name", "lines.product", "lines.steps.name", "lines.price"])
{'name': {}, 'lines': {'product': {}, 'steps': {'name': {}}, 'price': {}}}
"""

from datetime import datetime, timedelta


def tree(paths):
    """Return dotted field names as nested dictionaries, in their order.

    >>> tree(["lines", "lines.product"])
    {'lines': {'product': {}}}
    """
    root = {}
    for path in paths:
        node = root
        for name in path.split("."):
            node = node.setdefault(name, {})
    return root


def to_offset(value, origin):
    """Return how many days after the origin a date or a datetime lies.

    >>> from datetime import date
    >>> to_offset(date(2026, 7, 15), date(2026, 7, 1))
    14
    >>> to_offset(datetime(2026, 6, 30, 8), date(2026, 7, 1))
    -1
    """
    day = value.date() if isinstance(value, datetime) else value
    return (day - origin).days


def from_offset(days, origin):
    """Return the day so many days after the origin.

    >>> from datetime import date
    >>> from_offset(14, date(2026, 7, 1))
    datetime.date(2026, 7, 15)
    """
    return origin + timedelta(days=days)
