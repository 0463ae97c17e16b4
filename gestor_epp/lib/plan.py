"""What the import is going to do with one row: a plain object."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Entry:
    """One row of the file on its way into the database.

    ``notes`` are ``(code, params)`` pairs; the models turn them into words.
    ``operations`` are what an undo needs: ``[model, id, old, new]`` with
    ``old`` empty for a created record, in the order they were done.
    """

    line: int
    section: str
    record: Any
    key: str = ""
    alt_key: str = ""
    name: str = ""
    action: str = ""
    notes: list = field(default_factory=list)
    vals: dict = field(default_factory=dict)
    target: Any = None
    extra: dict = field(default_factory=dict)
    operations: list = field(default_factory=list)
    res_model: str = ""
    res_id: int = 0

    def note(self, code, **params):
        """Add a remark for the person who reads the log."""
        self.notes.append((code, params))

    def stop(self, action, code, **params):
        """Take the row out of the import: skip it or call it an error."""
        self.action = action
        self.note(code, **params)

    def created(self, record):
        """Remember that ``record`` was made for this row."""
        self.operations.append([record._name, record.id, None, None])

    def changed(self, record, old, new):
        """Remember the values of ``record`` before and after."""
        self.operations.append([record._name, record.id, old, new])

    def points_at(self, record):
        """Say which record the row became."""
        self.res_model, self.res_id = record._name, record.id
