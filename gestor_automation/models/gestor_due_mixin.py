import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: how many rows one transaction of the cron holds
CHUNK = 50
MAX_ATTEMPTS = 5
#: how long a failed row waits, by the number of its attempts
BACKOFF_MINUTES = (5, 15, 45, 135, 405)
#: transactions in a row that meet a row somebody else has just changed
MAX_CONFLICTS = 10


class GestorDueMixin(models.AbstractModel):
    """Work that is due at a time and is done exactly once, by any number of workers.

    A model brings ``_execute`` and a cron that calls ``_cron_run_due``.

    The effect and the mark that it is done are one transaction. A row that fails never
    stops the others; it stands there with its reason.
    """

    _name = "gestor.due.mixin"
    _description = "Work That Is Due"

    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("asked", "Waiting for an answer"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("skipped", "Skipped"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
    )
    planned_at = fields.Datetime(
        string="Planned for", required=True, default=fields.Datetime.now, index=True
    )
    due_at = fields.Datetime(
        string="Next attempt", required=True, readonly=True, copy=False
    )
    attempts = fields.Integer(
        default=0, required=True, readonly=True, copy=False, aggregator=False
    )
    error = fields.Text(string="Reason", readonly=True, copy=False)
    unique_key = fields.Char(readonly=True, copy=False)
    closed_at = fields.Datetime(string="Closed on", readonly=True, copy=False)
    closed_user_id = fields.Many2one(
        "res.users", string="Closed by", readonly=True, copy=False
    )

    # === Doing ===

    def _execute_each(self, by_hand=False):
        """Do each row in a savepoint of its own and mark how it went.

        :return: ``{"done": rows, "failed": rows}``
        """
        ids = {"done": [], "skipped": []}
        failures, busy = [], []
        for row in self:
            try:
                with self.env.cr.savepoint():
                    ids["done" if row._execute() else "skipped"].append(row.id)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if by_hand:
                    raise  # the request starts over
                busy.append(row)
            except Exception as error:  # a bad row stands failed, the others go on
                failures.append((row, error))
        self.browse(ids["done"])._close("done")
        self.browse(ids["skipped"])._close("skipped", self._get_skip_reason())
        for row in busy:
            row.write({"attempts": 0, "due_at": self._get_retry_at(1)})
        for row, error in failures:
            row._record_failure(error, by_hand)
        return {
            "done": self.browse(ids["done"]),
            "failed": self.browse(row.id for row, _error in failures),
        }

    def _execute(self):
        """Do the work of one row. Implemented by the model.

        :return: whether there was something to do; else the row is skipped
        :raise UserError: why it cannot be done, for the user to mend
        """
        raise NotImplementedError

    @api.model
    def _get_skip_reason(self):
        return self.env._("There is nothing to do any more.")

    def _close(self, state, reason=False):
        if self:
            self.write(
                {
                    "state": state,
                    "error": reason,
                    "closed_at": fields.Datetime.now(),
                    "closed_user_id": self.env.uid,
                }
            )

    def _record_failure(self, error, by_hand=False):
        """Write down why it failed; try again later where that may help.

        What the user has to mend is not tried again: the sentence stands there.
        """
        is_told = isinstance(error, UserError)
        if not is_told:
            _logger.error("%s %s failed", self._name, self.id, exc_info=error)
        reason = str(error) if is_told else f"{type(error).__name__}: {error}"
        if is_told or by_hand or self.attempts >= MAX_ATTEMPTS:
            self.write({"state": "failed", "error": reason})
        else:
            self.write({"error": reason, "due_at": self._get_retry_at(self.attempts)})

    @api.model
    def _get_retry_at(self, attempts):
        minutes = BACKOFF_MINUTES[min(attempts, len(BACKOFF_MINUTES)) - 1]
        return fields.Datetime.now() + timedelta(minutes=minutes)

    # === Cron ===

    @api.model
    def _cron_run_due(self):
        """Do what is due. Any number of workers may do it at the same time."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(self._get_due_domain()))
        conflicts = 0
        while conflicts < MAX_CONFLICTS:
            try:
                rows = self._take_due()
                if not rows:
                    break
                # the attempt counts even if the server dies while it runs
                cron._commit_progress()
                rows = rows.try_lock_for_update()
                rows._run_taken()
                if not cron._commit_progress(len(rows)):
                    break
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # somebody has changed a row since our snapshot: look again
                self.env.cr.rollback()
                conflicts += 1

    @api.model
    def _get_due_domain(self):
        """Return what the cron takes."""
        return Domain("state", "=", "planned") & Domain(
            "due_at", "<=", fields.Datetime.now()
        )

    @api.model
    def _take_due(self):
        """Return some due rows, and put them off as if they had failed.

        So nobody else takes them, and one that makes the server die is not tried for
        ever. What was tried before goes alone: it may be the one that kills.
        """
        query = self._search(self._get_due_domain(), order="due_at, id", limit=CHUNK)
        found = self.env.execute_query(
            SQL("%s FOR UPDATE SKIP LOCKED", query.select("id", "attempts"))
        )
        if not found:
            return self.browse()
        tried = found[0][1]
        if tried:
            found = found[:1]
        rows = self.browse(res_id for res_id, attempts in found if attempts == tried)
        rows.write({"attempts": tried + 1, "due_at": self._get_retry_at(tried + 1)})
        return rows

    def _run_taken(self):
        """Do the rows that the cron has taken."""
        taken = self.filtered(lambda row: row.state == "planned")
        worn_out = taken.filtered(lambda row: row.attempts > MAX_ATTEMPTS)
        reason = self.env._("The server stopped each time this was running.")
        worn_out.write({"state": "failed", "error": reason})
        (taken - worn_out)._filtered_to_execute()._execute_each()

    def _filtered_to_execute(self):
        """Return those that are to be done now, after dealing with the others."""
        return self
