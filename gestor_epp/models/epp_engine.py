import io
import logging
import os
import time
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import groupby

from ..lib.epp import (
    DOCUMENTS,
    MAX_KEY,
    EppError,
    Fault,
    Info,
    Position,
    without_private,
)
from ..lib.parsing import parse
from ..lib.plan import Entry
from .epp_texts import say

_logger = logging.getLogger(__name__)

#: rows per transaction: enough for batches, few enough for a live progress
CHUNK = 100
#: rows per transaction while checking, which is much faster
CHECK_CHUNK = 500
#: files up to this size are checked at once, larger ones in the background
CHECK_AT_ONCE_BYTES = 1024 * 1024
#: the import is one event for the people who follow the records, not thousands
_QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
}


class GestorEppEngine(models.AbstractModel):
    """Check and import in chunks: each is one transaction that knows its place."""

    _name = "gestor.epp.engine"
    _description = "Engine of EDI++ Imports"

    # === Scheduling ===

    @api.model
    def _cron_run_imports(self):
        """Go on with every import that is being checked, run or undone."""
        cron = self.env["ir.cron"]
        jobs = self.search([("state", "in", ("checking", "running"))], order="id")
        cron._commit_progress(remaining=sum(job._left_count() for job in jobs))
        for job in jobs:
            while job._is_busy() and job.try_lock_for_update():
                try:
                    done = job._run_chunk()
                except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                    # somebody wrote the same records: this chunk comes again
                    self.env.cr.rollback()
                    self._wake_cron()
                    return
                if not cron._commit_progress(done, remaining=job._left_count()):
                    return

    def _wake_cron(self):
        # sudo: a user may not write cron triggers; this one has a fixed content
        self.env.ref("gestor_epp.epp_import_cron").sudo()._trigger()

    def _is_busy(self):
        self.invalidate_recordset(["state"])
        return self.exists() and self.state in ("checking", "running")

    def _left_count(self):
        return max(self.progress_total - self.progress_done, 1)

    def _run_chunk(self):
        """Do the next chunk of work; a failure ends the job with its reason.

        :return: how many rows (or bytes, while checking) were done
        :rtype: int
        """
        self.ensure_one()
        before, started = self.progress_done, time.monotonic()
        try:
            with self.env.cr.savepoint():
                job = self._as_owner()
                if job.state == "checking":
                    job._check_chunk()
                elif job.task == "undo":
                    job._undo_chunk()
                else:
                    job._import_chunk()
        except (EppError, UserError) as error:
            self._fail(error)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            # whatever it is: the job must stop, not run into it for ever
            _logger.exception("EDI++ import %s failed", self.id)
            self._fail(error)
        self.work_seconds += time.monotonic() - started
        return max(self.progress_done - before, 0)

    def _as_owner(self):
        """Return the job for its user, in superuser's mode, quiet and in his company.

        :raise AccessError: if the user may not import, or not for this company
        """
        user = self.user_id
        may_import = user.has_group("gestor_epp.gestor_epp_group_import")
        if not (user.active and may_import or user._is_superuser()):
            raise AccessError(self.env._("%(user)s may not import.", user=user.name))
        if self.company_id not in user.company_ids:
            raise AccessError(
                self.env._("%(user)s has no access to the company.", user=user.name)
            )
        context = {
            **_QUIET,
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        # sudo: whoever holds the import group may bring a whole file in, though by
        # hand he may create neither products nor price lists. The engine writes
        # partners, banks, products, units, categories, tags, suppliers' prices, price
        # lists and history only,
        # after checking the group and the company.
        return self.with_context(**context).with_user(user).sudo()

    def _fail(self, error):
        text = str(error)
        if isinstance(error, EppError):
            user_env = self.with_context(lang=self.user_id.lang).env
            text = say(user_env, [(error.code, error.params)])
        self.write({"state": "failed", "error": text})
        self._tell_owner("danger", text)

    def _finish(self, state):
        self.write({"state": state, "finished_at": fields.Datetime.now()})
        labels = dict(self._fields["state"]._description_selection(self.env))
        self._tell_owner("success", labels[state])

    def _tell_owner(self, kind, text):
        self.user_id._bus_send(
            "simple_notification",
            {"type": kind, "title": self.name, "message": text},
        )

    # === Check: read the file, say what will happen ===

    def _open_file(self):
        """Return the file as a binary stream, without loading it into memory."""
        # sudo: the attachment of a field is readable through its record only
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )
        if not attachment:
            raise UserError(self.env._("Choose a file first."))
        path = attachment.store_fname and attachment._full_path(attachment.store_fname)
        if path and os.path.exists(path):
            return open(path, "rb")  # noqa: SIM115 - the caller closes it
        return io.BytesIO(attachment.raw or b"")

    def _check_chunk(self):
        with self._reading(self._position()) as reader:
            if not self.read_line:
                self._note_header(reader)
            items = list(islice(reader, CHECK_CHUNK))
            place = reader.position
        if not self.first_price_name:
            self._note_first_price(items)
        self._make_lines(items)
        self.write(
            {
                "read_offset": place.offset,
                "read_line": place.line,
                "read_label": place.label,
                "read_section": place.section,
                "progress_done": place.offset,
            }
        )
        if len(items) < CHECK_CHUNK:
            self._finish_check()

    def _position(self):
        if not self.read_line:
            return None
        return Position(
            self.read_offset, self.read_line, self.read_label, self.read_section or ""
        )

    def _note_header(self, reader):
        if self.source != "epp":
            self.file_codepage = reader.encoding
            return
        info = Info.from_fields(reader.info_fields)
        self.write(
            {
                "file_version": info.version,
                "file_program": info.program,
                "file_sender": info.long_name or info.short_name,
                "file_codepage": reader.encoding,
            }
        )

    def _note_first_price(self, items):
        for item in items:
            if not isinstance(item, Fault) and item.section == "CENNIK":
                self.first_price_name = (item.fields + ["", ""])[1].strip()
                return

    def _make_lines(self, items):
        """Store a line for each item, section by section: later ones look back."""
        lines = self.env["gestor.epp.import.line"]
        handlers = self.env["gestor.epp.handler"]._handlers()
        for section, group in groupby(items, key=lambda item: item.section):
            rows, vals_list = [], []
            for item in group:
                if isinstance(item, Fault):
                    vals_list.append(self._prepare_fault_vals(item))
                elif section in handlers:
                    rows.append(item)
                else:
                    vals_list.append(self._prepare_unknown_vals(item))
            pairs, broken = self._read_entries(rows)
            if pairs:
                handlers[section]._process(self, [entry for entry, _row in pairs])
            vals_list += broken
            vals_list += [
                {
                    **self._prepare_entry_vals(entry),
                    "data": without_private(row.section, row.fields),
                }
                for entry, row in pairs
            ]
            lines.create(vals_list)

    def _read_entries(self, rows):
        """Return ``[(entry, row)]`` and the values of lines that cannot be read."""
        pairs, broken = [], []
        for row in rows:
            try:
                record = parse(row.section, row.fields)
            except EppError as error:
                fault = Fault(row.line, row.section, error.code, error.params)
                code = row.fields[0] if row.section == DOCUMENTS else row.fields
                code = (code + ["", ""])[1].strip()
                vals = self._prepare_fault_vals(fault)
                data = without_private(row.section, row.fields)
                broken.append({**vals, "key": code[:MAX_KEY], "data": data})
            else:
                pairs.append((Entry(row.line, row.section, record), row))
        return pairs, broken

    def _prepare_fault_vals(self, fault):
        return {
            "import_id": self.id,
            "line": fault.line,
            "section": fault.section or "?",
            "action": "skip" if fault.code.startswith("codepage") else "error",
            "reason": say(self.env, [(fault.code, fault.params)]),
            "is_done": True,
        }

    def _prepare_unknown_vals(self, row):
        """Keep an entry that nobody imports: it must not be lost without a word."""
        return {
            "import_id": self.id,
            "line": row.line,
            "section": row.section,
            "key": (row.fields + [""])[0].strip()[:MAX_KEY],
            "action": "skip",
            "reason": say(self.env, [("section_unknown", {})]),
            "data": without_private(row.section, row.fields),
            "is_done": True,
        }

    def _prepare_entry_vals(self, entry):
        return {
            "import_id": self.id,
            "line": entry.line,
            "section": entry.section,
            "key": entry.key,
            "alt_key": entry.alt_key or False,
            "name": entry.name,
            "action": entry.action,
            "reason": say(self.env, entry.notes) or False,
            "res_model": entry.res_model or False,
            "res_id": entry.res_id,
        }

    def _finish_check(self):
        self.write({"state": "ready", "progress_done": self.progress_total})
        self._tell_owner("info", self.env._("The check is ready."))

    # === Import ===

    def _import_chunk(self):
        lines = self.env["gestor.epp.import.line"].search(
            [("import_id", "=", self.id), ("is_done", "=", False)],
            order="line, id",
            limit=CHUNK,
        )
        self._import_lines(lines)
        self.progress_done += len(lines)
        self.written_at = self.env.cr.now()
        if len(lines) < CHUNK:
            self._finish("done")

    def _import_lines(self, lines):
        """Import lines in one batch; halve it to isolate one the database refuses."""
        handlers = self.env["gestor.epp.handler"]._handlers()
        entries = [
            Entry(line.line, line.section, parse(line.section, line.data))
            for line in lines
        ]
        try:
            with self.env.cr.savepoint():
                for section, group in groupby(entries, key=lambda e: e.section):
                    handlers[section]._process(self, group, apply=True)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            if len(lines) > 1:
                half = len(lines) // 2
                self._import_lines(lines[:half])
                self._import_lines(lines[half:])
                return
            _logger.info("EDI++ line %s refused: %s", lines.line, error)
            entries[0].operations = []
            entries[0].notes = []
            entries[0].stop("error", "failed", value=str(error).strip())
        for line, entry in zip(lines, entries, strict=True):
            self._store_result(line, entry)

    def _store_result(self, line, entry):
        vals = self._prepare_entry_vals(entry)
        kept = ("action", "reason", "res_model", "res_id")
        line.write(
            {
                **{name: vals[name] for name in kept},
                "operations": entry.operations or False,
                "is_done": True,
            }
        )
