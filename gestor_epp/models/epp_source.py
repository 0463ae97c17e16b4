import base64
import io
from contextlib import contextmanager
from urllib.parse import quote

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.epp import EppError, EppReader, Fault
from ..lib.tables import (
    CardReader,
    DelimitedReader,
    WorkbookReader,
    guess_targets,
)
from .epp_texts import say

MEBIBYTE = 1024 * 1024
#: larger files are refused before anybody reads them
MAX_BYTES = 128 * MEBIBYTE
MAX_TABLE_BYTES = 32 * MEBIBYTE
_CLIENT = {"nip", "code", "client"}
_WORDS = {"subject", "text", "kind"}


class GestorEppSource(models.AbstractModel):
    """What kind of file it is, and how it is read."""

    _name = "gestor.epp.source"
    _description = "File of an Import"

    source = fields.Selection(
        [
            ("epp", "EDI++ file"),
            ("table", "Table of activities (CSV, XLSX)"),
            ("card", "Business cards (vCard)"),
        ],
        string="Kind of file",
        compute="_compute_source",
        store=True,
        help="Found out from the end of the file name.",
    )
    column_ids = fields.One2many(
        "gestor.epp.import.column", "import_id", string="Columns", copy=False
    )
    wrong_file = fields.Binary(
        compute="_compute_wrong_file", help="The rows left out, with the reasons."
    )

    @api.depends("file_name")
    def _compute_source(self):
        for job in self:
            ending = (job.file_name or "").lower().rpartition(".")[2]
            job.source = {
                "csv": "table",
                "tsv": "table",
                "xlsx": "table",
                "vcf": "card",
                "vcard": "card",
            }.get(ending, "epp")

    # === Size ===

    @api.model
    def _check_size(self, vals):
        """Refuse a file by its size, before it is decoded or read."""
        size = len(vals.get("file") or "") * 3 // 4
        if size > MAX_BYTES:
            raise UserError(self._too_large(size, MAX_BYTES))

    def _too_large(self, size, limit):
        return self.env._(
            "The file has %(size)s MB, at most %(limit)s MB are read. Divide it.",
            size=-(-size // MEBIBYTE),
            limit=limit // MEBIBYTE,
        )

    def _check_source_size(self, size):
        limit = MAX_BYTES if self.source == "epp" else MAX_TABLE_BYTES
        if size > limit:
            raise UserError(self._too_large(size, limit))

    # === Reading ===

    @contextmanager
    def _reading(self, position=None, is_raw=False):
        """Give the reader of the file.

        :param Position position: go on there
        :param bool is_raw: rows of a table as they stand in the file
        """
        with self._open_file() as stream:
            if self.source == "table":
                targets = None if is_raw else self._get_targets()
                yield self._get_table_reader(stream)(stream, position, targets)
            elif self.source == "card":
                yield CardReader(stream, position)
            else:
                yield EppReader(stream, position)

    @staticmethod
    def _get_table_reader(stream):
        stream.seek(0)
        return WorkbookReader if stream.read(4) == b"PK\3\4" else DelimitedReader

    # === Columns of a table ===

    def action_read_columns(self):
        """Read the headings, so that the columns can be chosen before the check."""
        for job in self._as_ordered():
            job._expect("draft")
            try:
                job._read_columns()
            except EppError as error:
                text = say(self.env, [(error.code, error.params)])
                raise UserError(text) from error

    def _get_targets(self):
        return [column.target or "" for column in self.column_ids]

    def _ensure_columns(self):
        """Read the headings once, and see that what must be there is chosen."""
        if self.source != "table":
            return
        if not self.column_ids:
            self.action_read_columns()
        targets = set(self._get_targets())
        if "date" in targets and targets & _CLIENT and targets & _WORDS:
            return
        raise UserError(
            self.env._(
                "Choose on the page Columns which column has the date, which one the "
                "client (NIP, code or name) and which one the subject or the text."
            )
        )

    def _read_columns(self):
        with self._reading(is_raw=True) as reader:
            first = next((item for item in reader if not isinstance(item, Fault)), None)
        values = first.fields if first else []
        headings = reader.headings
        targets = self._remembered_targets(headings) or guess_targets(headings)
        self.column_ids.unlink()
        self.env["gestor.epp.import.column"].create(
            [
                {
                    "import_id": self.id,
                    "sequence": number,
                    "heading": heading or self.env._("(no heading)"),
                    "sample": (values + [""] * len(headings))[number][:80],
                    "target": target or False,
                }
                for number, (heading, target) in enumerate(
                    zip(headings, targets, strict=True)
                )
            ]
        )

    def _remembered_targets(self, headings):
        """Return what was chosen for the last table with the same headings."""
        earlier = self.search(
            [
                ("id", "!=", self.id),
                ("source", "=", "table"),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
            ],
            order="id desc",
            limit=20,
        )
        for job in earlier:
            if job.column_ids.mapped("heading") == headings:
                return job._get_targets()
        return None

    # === Rows that were left out ===

    def action_download_wrong(self):
        """Give the rows left out as a workbook, to be corrected and imported again."""
        self.ensure_one()
        self.check_access("read")
        stem = (self.file_name or "import").rpartition(".")[0] or "import"
        wrong = self.env._("wrong")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/wrong_file"
            f"?download=true&filename={quote(stem)}-{wrong}.xlsx",
        }

    @api.depends("line_ids.action")
    def _compute_wrong_file(self):
        for job in self:
            job.wrong_file = base64.b64encode(job._render_wrong_file())

    def _render_wrong_file(self):
        """Return a workbook of texts alone: what looks like a formula is none in it."""
        lines = self.env["gestor.epp.import.line"].search(
            [("import_id", "=", self.id), ("action", "in", ("error", "skip"))],
            order="line, id",
        )
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet()
        headings, rows = self._get_wrong_rows(lines)
        last = [self.env._("File line"), self.env._("Reason")]
        for number, row in enumerate([headings + last, *rows]):
            for place, text in enumerate(row):
                sheet.write_string(number, place, str(text)[:32767])
        book.close()
        return output.getvalue()

    def _get_wrong_rows(self, lines):
        if self.source == "table" and self.file:
            return self._get_wrong_table_rows({line.line: line for line in lines})
        width = max([len(line.data or []) for line in lines], default=0)
        rows = [
            [*self._pad(line.data or [], width), line.line, line.reason or ""]
            for line in lines
        ]
        return [str(number) for number in range(1, width + 1)], rows

    def _get_wrong_table_rows(self, by_number):
        rows = []
        with self._reading(is_raw=True) as reader:
            width = len(reader.headings)
            for item in reader:
                line = by_number.get(item.line)
                if line:
                    values = [] if isinstance(item, Fault) else item.fields
                    row = self._pad(values, width)
                    rows.append([*row, line.line, line.reason or ""])
        return reader.headings, rows

    @staticmethod
    def _pad(values, width):
        return (list(values) + [""] * width)[:width]
