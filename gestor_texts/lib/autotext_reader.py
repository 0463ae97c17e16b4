"""Follow the paths of autotexts over many records at once, with the user's rights.

Works on any recordsets; it knows no ORM besides what they answer to.
"""

from dataclasses import dataclass, field

EMPTY, NO_ACCESS = "empty", "no_access"


@dataclass
class Reached:
    """Per record, what a path leads to; and the records whose path is closed."""

    records: dict
    refused: set = field(default_factory=set)


class PathReader:
    """Follows paths from the same records; hops that they share are read once."""

    def __init__(self, starts):
        """
        :param dict starts: ``{id: recordset}``, empty recordsets included
        """
        self._reached = {(): self._only_readable(starts, set())}

    def follow(self, hops):
        """Return the records that carry the last field of a path.

        :param hops: ``(model, field)`` of :func:`.field_paths.resolve`
        :rtype: Reached
        """
        return self._follow(tuple(name for _model, name in hops[:-1]))

    def _follow(self, names):
        if names not in self._reached:
            before = self._follow(names[:-1])
            refused, targets = set(before.refused), {}
            for res_id, records in before.records.items():
                if not is_field_readable(records, names[-1]):
                    refused.add(res_id)
                    continue
                targets[res_id] = records[names[-1]]
            self._reached[names] = self._only_readable(targets, refused)
        return self._reached[names]

    @staticmethod
    def _only_readable(targets, refused):
        """Leave out the records that the user may not read, whoever refers to them."""
        filled = [records for records in targets.values() if records]
        if not filled:
            return Reached(targets, refused)
        ids = {record_id for records in filled for record_id in records._ids}
        everything = filled[0].browse(ids)
        readable = set(everything._filtered_access("read")._ids)
        if len(readable) == len(ids):
            return Reached(targets, refused)
        kept = {}
        for res_id, records in targets.items():
            if readable.issuperset(records._ids):
                kept[res_id] = records
            else:
                refused.add(res_id)
        return Reached(kept, refused)


def is_field_readable(records, name):
    """Return whether the groups of a field let the user read it."""
    return records._has_field_access(records._fields[name], "read")
