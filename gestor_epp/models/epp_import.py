from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .epp_engine import CHECK_AT_ONCE_BYTES
from .epp_texts import SECTION_LABELS, words

_ACTIONS = ("create", "update", "unchanged", "skip", "error")
#: what a check rests on: changing it afterwards would make the check a lie
_FROZEN = {
    "file",
    "file_name",
    "company_id",
    "user_id",
    "with_clients",
    "with_contacts",
    "with_accounts",
    "with_tags",
    "with_goods",
    "with_prices",
    "with_good_tags",
    "with_employees",
    "with_documents",
    "update_existing",
}


class GestorEppImport(models.Model):
    _name = "gestor.epp.import"
    _inherit = ["gestor.epp.source", "gestor.epp.engine", "gestor.epp.undo"]
    _description = "EDI++ Import"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Ordered by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        index=True,
    )
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    file_size = fields.Integer(string="File size (bytes)", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("checking", "Checking"),
            ("ready", "Checked"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
            ("undone", "Undone"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    task = fields.Selection(
        [
            ("check", "Checking the file"),
            ("import", "Importing"),
            ("undo", "Undoing the import"),
        ],
        readonly=True,
        copy=False,
        help="What is being done, or was done last.",
    )
    error = fields.Text(string="Reason of the failure", readonly=True, copy=False)

    # === Fields: options ===
    with_clients = fields.Boolean(string="Clients", default=True)
    with_contacts = fields.Boolean(string="Contact persons", default=True)
    with_accounts = fields.Boolean(string="Bank accounts", default=True)
    with_tags = fields.Boolean(string="Client groups and features", default=True)
    with_goods = fields.Boolean(string="Goods and services", default=True)
    with_prices = fields.Boolean(string="Price lists", default=True)
    with_good_tags = fields.Boolean(string="Groups and features of goods", default=True)
    with_employees = fields.Boolean(
        string="Employees", help="As contacts of your own company."
    )
    with_documents = fields.Boolean(
        string="Documents and activities",
        default=True,
        help="Sales, purchases, orders, payments and activities, as history of the "
        "clients.",
    )
    update_existing = fields.Boolean(
        default=True,
        help="Off: only what is missing is created, the rest stays as it is.",
    )

    # === Fields: the file ===
    file_version = fields.Char(string="Format version", readonly=True, copy=False)
    file_program = fields.Char(string="Program", readonly=True, copy=False)
    file_sender = fields.Char(string="Sender", readonly=True, copy=False)
    file_codepage = fields.Char(string="Code page", readonly=True, copy=False)
    first_price_name = fields.Char(
        string="Price list of sales prices", readonly=True, copy=False
    )
    read_offset = fields.Integer(readonly=True, copy=False)
    read_line = fields.Integer(readonly=True, copy=False)
    read_label = fields.Char(readonly=True, copy=False)
    read_section = fields.Char(readonly=True, copy=False)

    # === Fields: progress and result ===
    progress_done = fields.Integer(readonly=True, copy=False)
    progress_total = fields.Integer(readonly=True, copy=False)
    progress_percent = fields.Float(compute="_compute_progress")
    time_left = fields.Char(compute="_compute_progress")
    work_seconds = fields.Float(string="Working time (s)", readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    written_at = fields.Datetime(
        string="Last written on",
        readonly=True,
        copy=False,
        help="When the import wrote for the last time.",
    )
    undo_from_at = fields.Datetime(
        string="Undo ordered on",
        readonly=True,
        copy=False,
        help="When the undo was ordered.",
    )
    line_ids = fields.One2many("gestor.epp.import.line", "import_id", copy=False)
    remark_ids = fields.One2many(
        "gestor.epp.import.line",
        "import_id",
        string="Remarks",
        domain=["|", ("reason", "!=", False), ("undo_note", "!=", False)],
        copy=False,
    )
    create_count = fields.Integer(string="New", compute="_compute_counts")
    update_count = fields.Integer(string="Changed", compute="_compute_counts")
    unchanged_count = fields.Integer(string="Unchanged", compute="_compute_counts")
    skip_count = fields.Integer(string="Skipped", compute="_compute_counts")
    error_count = fields.Integer(string="Errors", compute="_compute_counts")
    summary_html = fields.Html(
        string="Summary", compute="_compute_counts", sanitize=False
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")
    kept_count = fields.Integer(
        compute="_compute_kept_count", help="Lines the undo could not take back."
    )

    # === Computes ===

    @api.depends("file_name")
    def _compute_name(self):
        for job in self:
            job.name = job.name or job.file_name

    @api.depends("progress_done", "progress_total", "work_seconds", "state")
    def _compute_progress(self):
        for job in self:
            total, done = job.progress_total, job.progress_done
            percent = 100.0 * done / total if total else 0.0
            job.progress_percent = 100.0 if job.state == "done" else min(percent, 100.0)
            job.time_left = False
            if job.state in ("checking", "running") and done and job.work_seconds:
                seconds = round(job.work_seconds * (total - done) / done)
                job.time_left = self.env._("about %(seconds)s s", seconds=seconds)

    @api.depends("line_ids.action", "progress_done")
    @api.depends_context("lang")
    def _compute_counts(self):
        counts = {job.id: {} for job in self}
        groups = self.env["gestor.epp.import.line"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "section", "action"],
            ["__count", "line:min"],
        )
        for job, section, action, count, _first in sorted(
            groups, key=lambda group: group[-1]
        ):
            counts[job.id].setdefault(section, {})[action] = count
        for job in self:
            table = counts.get(job.id) or counts.get(job._origin.id) or {}
            for action in _ACTIONS:
                total = sum(row.get(action, 0) for row in table.values())
                job[f"{action}_count"] = total
            job.summary_html = job._render_summary(table)

    @api.depends("state", "task", "line_ids.operations")
    def _compute_can_undo(self):
        with_operations = self.env["gestor.epp.import.line"]._read_group(
            [
                ("import_id", "in", self.ids),
                ("operations", "!=", False),
                ("is_undone", "=", False),
            ],
            ["import_id"],
        )
        undoable = {job.id for (job,) in with_operations}
        for job in self:
            settled = job.state in ("done", "failed", "cancelled")
            job.can_undo = settled and job.id in undoable

    @api.depends("line_ids.undo_note")
    def _compute_kept_count(self):
        groups = self.env["gestor.epp.import.line"]._read_group(
            [("import_id", "in", self.ids), ("undo_note", "!=", False)],
            ["import_id"],
            ["__count"],
        )
        counts = {job.id: count for job, count in groups}
        for job in self:
            job.kept_count = counts.get(job._origin.id, 0)

    def _render_summary(self, table):
        """Return a table section x action as safe HTML."""
        self.ensure_one()
        labels = dict(self.line_ids._fields["action"]._description_selection(self.env))
        head = Markup().join(
            Markup('<th class="text-end">%s</th>') % labels[action]
            for action in _ACTIONS
        )
        rows = Markup().join(
            Markup("<tr><td>%s</td>%s</tr>")
            % (
                self._section_label(section),
                Markup().join(
                    Markup('<td class="text-end">%s</td>') % (row.get(action) or "–")
                    for action in _ACTIONS
                ),
            )
            for section, row in table.items()
        )
        if not rows:
            return False
        return Markup(
            '<table class="table table-sm w-auto"><thead><tr><th>%s</th>%s</tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (self.env._("Section"), head, rows)

    def _section_label(self, section):
        label = SECTION_LABELS.get(section)
        return words(self.env, label) if label else section

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_forged(vals)
            self._check_size(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_forged(vals)
        self._check_size(vals)
        if _FROZEN & vals.keys() and any(job.state != "draft" for job in self):
            raise UserError(
                self.env._(
                    "The import has been checked. Go back to draft to change it."
                )
            )
        if "file" in vals:
            # sudo: the columns are those of the old file, nobody else's
            self.sudo().column_ids.unlink()
        return super().write(vals)

    @api.model
    def _check_not_forged(self, vals):
        """Keep the course of an import to the engine.

        The engine acts for ``user_id``, passing over that user's rights; a form
        never writes these fields, a forged call must not either.
        """
        if self.env.su:
            return
        forged = [name for name in vals if self._fields[name].readonly]
        if forged:
            raise AccessError(
                self.env._(
                    "Only the import itself changes these fields: %(names)s.",
                    names=", ".join(forged),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_busy(self):
        if any(job.state in ("checking", "running") for job in self):
            raise UserError(self.env._("The import is running: cancel it first."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_undoable(self):
        if any(job.can_undo for job in self):
            raise UserError(
                self.env._(
                    "What this import did is known from it alone, also for an undo. "
                    "It stays."
                )
            )

    # === Actions ===

    def action_check(self):
        """Read the file and say what an import would do; change nothing else."""
        for job in self._as_ordered():
            job._expect("draft")
            with job._open_file() as stream:
                size = stream.seek(0, 2)
            job._check_source_size(size)
            job._ensure_columns()
            job.write({"file_size": size, **job._prepare_task_vals("check", size)})
            while job.state == "checking" and size <= CHECK_AT_ONCE_BYTES:
                job._run_chunk()
        self._wake_cron()

    def action_import(self):
        """Start the import in the background."""
        for job in self._as_ordered():
            job._expect("ready")
            lines = [("import_id", "=", job.id), ("is_done", "=", False)]
            total = self.env["gestor.epp.import.line"].search_count(lines)
            job.write(job._prepare_task_vals("import", total))
        self._wake_cron()

    def action_cancel(self):
        """Stop before the next chunk; what is done stays and can be undone."""
        jobs = self._as_ordered()
        for job in jobs:
            job._expect("checking", "ready", "running")
        jobs.write({"state": "cancelled"})

    def action_resume(self):
        """Go on with an import that was cancelled or failed half-way."""
        for job in self._as_ordered():
            job._expect("cancelled", "failed")
            state = "checking" if job.task == "check" else "running"
            job.write({"state": state, "error": False})
        self._wake_cron()

    def action_undo(self):
        """Start to take the import back in the background."""
        for job in self._as_ordered():
            job._expect("done", "cancelled", "failed")
            lines = [
                ("import_id", "=", job.id),
                ("operations", "!=", False),
                ("is_undone", "=", False),
            ]
            total = self.env["gestor.epp.import.line"].search_count(lines)
            # an undo that failed goes on: what it wrote itself is no edit
            job.undo_from_at = job.undo_from_at or self.env.cr.now()
            job.write(job._prepare_task_vals("undo", total))
        self._wake_cron()

    def action_reset_to_draft(self):
        """Forget the check, so that file and options can be changed."""
        jobs = self._as_ordered()
        for job in jobs:
            job._expect("ready", "cancelled", "failed")
            if job.task != "check":
                raise UserError(self.env._("The import has begun: undo it instead."))
        jobs.line_ids.unlink()
        jobs.write(
            {
                "state": "draft",
                "task": False,
                "error": False,
                "first_price_name": False,
                "read_offset": 0,
                "read_line": 0,
                "progress_done": 0,
                "progress_total": 0,
            }
        )

    def action_open_lines(self):
        """Show the lines, those of one action if the context names it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_epp.gestor_epp_import_line_action"
        )
        wanted = self.env.context.get("gestor_epp_action")
        context = {"search_default_group_section": 1}
        if wanted:
            context[f"search_default_{wanted}"] = 1
        action.update(domain=[("import_id", "=", self.id)], context=context)
        return action

    # === Helpers ===

    def _as_ordered(self):
        """Return the jobs as the engine writes them, if the user may order it.

        :raise AccessError: if one of them is not the user's to run, or its owner may
            not import any more; the engine checks again while it runs
        """
        self.check_access("write")
        for job in self:
            job._as_owner()
        # sudo: state and progress are closed to users, whoever may press the buttons
        return self.sudo()

    def _expect(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(
                self.env._("The import has changed meanwhile. Reload the page.")
            )

    def _prepare_task_vals(self, task, total):
        return {
            "task": task,
            "state": "checking" if task == "check" else "running",
            "error": False,
            "progress_done": 0,
            "progress_total": total,
            "work_seconds": 0.0,
        }
