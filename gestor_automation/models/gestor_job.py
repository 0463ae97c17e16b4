import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID

_logger = logging.getLogger(__name__)

OPEN_STATES = ("waiting", "running")
#: how long ended work stays in the panel, and in the database
PANEL_DAYS = 1
KEEP_DAYS = 90
MANAGER = "gestor_base.gestor_base_group_manager"


class GestorJob(models.Model):
    """Work on many items in the background, chunk by chunk, with its progress.

    Each chunk is one job of the queue. What a chunk does, the states of its items,
    the progress and the job of the next chunk are one transaction: a server that dies
    leaves nothing half done, and nothing is done twice.
    """

    _name = "gestor.job"
    _description = "Background Work"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Started by", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    method = fields.Char(required=True, readonly=True)
    params = fields.Json(readonly=True)
    run_context = fields.Json(readonly=True)
    chunk_size = fields.Integer(required=True, readonly=True)
    item_ids = fields.One2many("gestor.job.item", "job_id", readonly=True)
    failed_item_ids = fields.One2many(
        "gestor.job.item",
        "job_id",
        string="Failed items",
        domain=[("state", "=", "failed")],
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("partial", "Partly failed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    total_count = fields.Integer(string="Items", readonly=True)
    done_count = fields.Integer(string="Items done", readonly=True)
    failed_count = fields.Integer(string="Items failed", readonly=True)
    started_at = fields.Datetime(string="Started on", readonly=True)
    ended_at = fields.Datetime(string="Ended on", readonly=True)
    is_dismissed = fields.Boolean(readonly=True)
    progress_percent = fields.Integer(
        string="Percent done", compute="_compute_progress"
    )
    seconds_left = fields.Integer(
        compute="_compute_progress", help="Guessed from the speed so far; 0: unknown."
    )
    is_runner_missing = fields.Boolean(compute="_compute_is_runner_missing")

    # === Computes ===

    @api.depends("total_count", "done_count", "failed_count", "started_at", "state")
    def _compute_progress(self):
        now = fields.Datetime.now()
        for job in self:
            ended = job.done_count + job.failed_count
            job.progress_percent = 100 * ended // (job.total_count or 1)
            job.seconds_left = 0
            if job.state == "running" and ended and job.started_at:
                elapsed = (now - job.started_at).total_seconds()
                job.seconds_left = elapsed / ended * (job.total_count - ended)

    @api.depends("state")
    def _compute_is_runner_missing(self):
        waiting = self.filtered(lambda job: job.state in OPEN_STATES)
        (self - waiting).is_runner_missing = False
        if waiting:
            waiting.is_runner_missing = not self._is_runner_alive()

    @api.model
    def _is_runner_alive(self):
        """Return whether a job runner serves this database, on whatever host.

        The runner holds an advisory lock as long as it lives.
        """
        return bool(
            self.env.execute_query(
                SQL(
                    """SELECT 1 FROM pg_locks
                        WHERE locktype = 'advisory' AND granted AND objsubid = 1
                          AND classid::bigint = %s AND objid::bigint = %s
                          AND database = (SELECT oid FROM pg_database
                                           WHERE datname = current_database())""",
                    PG_ADVISORY_LOCK_ID >> 32,
                    PG_ADVISORY_LOCK_ID & 0xFFFFFFFF,
                )
            )
        )

    # === Actions ===

    def action_cancel(self):
        """Stop before the next chunk; what is done stays done."""
        jobs = self._decidable().filtered(lambda job: job.state in OPEN_STATES)
        jobs.write({"state": "cancelled", "ended_at": fields.Datetime.now()})
        jobs._cancel_waiting_items()
        jobs._push_progress()
        return True

    def action_retry(self):
        """Do the failed items once more."""
        for job in self._decidable():
            failed = job.env["gestor.job.item"].search(job._get_item_domain("failed"))
            if job.state in OPEN_STATES or not failed:
                raise UserError(self.env._("There is nothing to do once more."))
            failed.write({"state": "waiting", "reason": False})
            job.write(
                {
                    "state": "running",
                    "failed_count": 0,
                    "ended_at": False,
                    "started_at": fields.Datetime.now(),
                    "is_dismissed": False,
                }
            )
            job._enqueue()
            job._push_progress()
        return True

    def action_resume(self):
        """Queue the next chunk again, in case the queue has lost it."""
        for job in self._decidable().filtered(lambda job: job.state in OPEN_STATES):
            job._enqueue()
        return True

    def action_dismiss(self):
        """Take ended work off the panel."""
        jobs = self._decidable().filtered(lambda job: job.state not in OPEN_STATES)
        jobs.is_dismissed = True
        return True

    def action_open(self):
        """Open the progress and the list of results."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _decidable(self):
        """Return the jobs with the right to change them, or refuse."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(MANAGER):
            for job in self:
                if job.user_id != self.env.user:
                    raise AccessError(
                        self.env._("This background work was started by another user.")
                    )
        # sudo: jobs are written by the engine only
        return self.sudo()

    @api.model
    def get_my_jobs(self):
        """Return the user's work for the panel: what runs, and what has just ended."""
        return [
            {**job._prepare_progress(), "is_runner_missing": job.is_runner_missing}
            for job in self.search(self._get_panel_domain(), limit=20)
        ]

    @api.model
    def _get_panel_domain(self):
        since = fields.Datetime.now() - timedelta(days=PANEL_DAYS)
        return (
            Domain("user_id", "=", self.env.uid)
            & Domain("is_dismissed", "=", False)
            & (Domain("state", "in", OPEN_STATES) | Domain("ended_at", ">=", since))
        )

    # === Starting ===

    @api.model
    def _gestor_start(
        self,
        name,
        model,
        items,
        params=None,
        method="_gestor_job_chunk",
        chunk_size=50,
    ):
        """Start work in the background as the current user.

        Queued with the transaction: nothing starts before it is committed. Not for
        hooks and migrations, where no queue listens yet.

        :param str name: what the user sees, in his language
        :param str model: a model that inherits ``gestor.job.mixin``
        :param items: records of the model, their ids, or a list of dictionaries with
            a ``label`` each where the work is not about records
        :param dict params: handed to the method, JSON
        :param str method: a method of the model, its name begins with ``_gestor_job_``
        :param int chunk_size: how many items make one job of the queue: a few seconds
        :return: the work; ``action_open()`` shows it
        :rtype: gestor.job
        :raise UserError: if there is nothing to do
        """
        self._check_handler(model, method)
        vals_list = self._prepare_items(model, items)
        if not vals_list:
            raise UserError(self.env._("There is nothing to do."))
        context = self.env.context
        # sudo: users read their work, the engine writes it
        job = self.sudo().create(
            {
                "name": name,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "res_model": model,
                "method": method,
                "params": params or {},
                "run_context": {
                    "lang": context.get("lang") or self.env.user.lang,
                    "tz": context.get("tz") or self.env.user.tz,
                    "allowed_company_ids": self.env.companies.ids,
                },
                "chunk_size": chunk_size,
                "total_count": len(vals_list),
            }
        )
        job.env["gestor.job.item"].create(
            [{**vals, "job_id": job.id} for vals in vals_list]
        )
        job._enqueue()
        job._push_progress()
        return job.with_env(self.env)

    @api.model
    def _check_handler(self, model, method):
        workers = self.env["gestor.job.mixin"]._gestor_implementers()
        if (
            model not in workers
            or not method.startswith("_gestor_job_")
            or not hasattr(self.env[model], method)
        ):
            raise ValueError(f"{model}.{method} is no background work")

    @api.model
    def _prepare_items(self, model, items):
        """Return the values of the items."""
        if isinstance(items, list) and items and isinstance(items[0], dict):
            return [{"name": item["label"], "payload": item} for item in items]
        records = self.env[model].browse(
            items.ids if isinstance(items, models.BaseModel) else items
        )
        return [{"name": r.display_name, "res_id": r.id} for r in records]

    def _enqueue(self):
        """Queue the next chunk; a job that waits in the queue is not doubled."""
        self.ensure_one()
        # sudo: the engine runs as the owner, the work itself without these rights
        job = (
            self.with_user(self.user_id).sudo().with_context(**(self.run_context or {}))
        )
        job.with_delay(
            description=self.name, identity_key=f"gestor.job-{self.id}"
        )._run_next_chunk()

    # === Running, called by the queue ===

    def _run_next_chunk(self):
        """Do the next chunk and queue the one after it."""
        self.ensure_one()
        if self.state not in OPEN_STATES:
            # it was cancelled while a chunk was on its way
            self._cancel_waiting_items()
            return
        items = self._take_items()
        if not items and self._count_items().get("waiting"):
            # another worker is at them; it queues the next chunk itself
            return
        if not self.started_at:
            self.started_at = fields.Datetime.now()
        self._run_items(items)
        self._close_chunk()

    def _fail_next_chunk(self, exc_name=None, exc_message=None, **_kwargs):
        """Note that the queue gave up a chunk, and go on with the one after it."""
        items = self._take_items()
        items.write({"state": "failed", "reason": exc_message or exc_name})
        self._close_chunk()

    def _run_items(self, items):
        """Do some items at once; where that fails, do them one by one."""
        if not items:
            return
        failure = None
        try:
            with self.env.cr.savepoint():
                notes = self._call_handler(items)
        except (OperationalError, RetryableJobError):
            # not a fault of the item: the queue tries the whole chunk once more
            raise
        except Exception as error:
            failure = error
        if failure is None:
            for item, note in zip(items, notes, strict=True):
                item.write({"state": "done", "reason": note})
        elif len(items) == 1:
            items.write({"state": "failed", "reason": self._get_reason(failure)})
        else:
            for item in items:
                self._run_items(item)

    def _call_handler(self, items):
        """Call the method with the rights of the owner; return a remark for each."""
        handler = self.env(su=False)[self.res_model]
        method = getattr(handler, self.method)
        params = self.params or {}
        if items[0].res_id:
            records = handler.browse(items.mapped("res_id"))
            if len(records.exists()) < len(records):
                raise UserError(self.env._("The record has been deleted."))
            notes = method(records, params) or {}
            return [notes.get(item.res_id) for item in items]
        notes = method(items.mapped("payload"), params) or {}
        return [notes.get(position) for position in range(len(items))]

    def _get_reason(self, error):
        """Return what the user reads about a failed item."""
        if isinstance(error, AccessError):
            # the host's words are for who reads them at the moment of the click
            return self.env._("Your rights do not allow this.")
        if isinstance(error, UserError):
            return str(error)
        _logger.warning("An item of %s failed", self, exc_info=error)
        return self.env._("Unexpected error: %(error)s", error=error)

    def _close_chunk(self):
        """Count what is done and queue the next chunk, or end."""
        counts = self._count_items()
        vals = {
            "done_count": counts.get("done", 0),
            "failed_count": counts.get("failed", 0),
        }
        if counts.get("waiting"):
            vals["state"] = "running"
        else:
            vals["state"] = "partial" if counts.get("failed") else "done"
            vals["ended_at"] = fields.Datetime.now()
        self.write(vals)
        if counts.get("waiting"):
            self._enqueue()
        self._push_progress()

    def _cancel_waiting_items(self):
        """Close the items that nobody works on at this moment."""
        items = self.env["gestor.job.item"].search(self._get_item_domain("waiting"))
        items.try_lock_for_update(allow_referencing=True).state = "cancelled"

    # Not through item_ids: that would read all the items for every chunk

    def _get_item_domain(self, state):
        return Domain("job_id", "in", self.ids) & Domain("state", "=", state)

    def _take_items(self):
        """Return the next items that nobody else works on, locked."""
        items = self.env["gestor.job.item"].search(
            self._get_item_domain("waiting"), order="id", limit=self.chunk_size
        )
        return items.try_lock_for_update(allow_referencing=True)

    def _count_items(self):
        """Return ``{state: number of items}``."""
        return dict(
            self.env["gestor.job.item"]._read_group(
                [("job_id", "=", self.id)], ["state"], ["__count"]
            )
        )

    # === Progress ===

    def _push_progress(self):
        """Tell the owners' screens, once the transaction is committed."""
        for job in self:
            job.user_id._bus_send("gestor.job/progress", job._prepare_progress())

    def _prepare_progress(self):
        """Return what the panel shows of the work."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "total": self.total_count,
            "done": self.done_count,
            "failed": self.failed_count,
            "percent": self.progress_percent,
            "seconds_left": self.seconds_left,
        }

    @api.autovacuum
    def _gc_ended_jobs(self):
        """Forget work that ended long ago."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        jobs = self.search([("ended_at", "<", limit)], limit=1000)
        jobs.unlink()
        return len(jobs), len(jobs) == 1000
