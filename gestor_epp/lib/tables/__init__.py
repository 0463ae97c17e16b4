"""Readers of plain tables (CSV, XLSX) and business cards (vCard).

They yield the same rows and faults as the reader of EDI++ files and go on from any
position, so one engine checks and imports them all.
"""

from .activities import TARGETS, Activity
from .cards import Card, CardReader
from .columns import guess_targets
from .delimited import DelimitedReader
from .workbook import WorkbookReader

__all__ = [
    "TARGETS",
    "Activity",
    "Card",
    "CardReader",
    "DelimitedReader",
    "WorkbookReader",
    "guess_targets",
]
