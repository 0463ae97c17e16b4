from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..lib.registers import vies
from ..lib.registers.errors import RegisterQuestionError
from ..lib.registers.subject import same
from .register_texts import say, say_error

#: a register that is down is asked again after so many minutes, each time later
_RETRY_MINUTES = (2, 10, 30, 60, 180)
#: proofs that a check leaves, by register
KINDS = {"white_list": "vat", "vies": "vies", "gus": "firm"}
_NIP = r"^\d{10}$"
_EU_NUMBER = f"^({'|'.join(sorted((vies.COUNTRIES | {'GR'}) - {'PL'}))})"
#: what is compared with the client; the names of firms differ in too many ways
_COMPARED = {
    "nip": "vat",
    "regon": "company_registry",
    "zip": "zip",
    "city": "city",
}


class GestorRegisterCheck(models.Model):
    """Ask a register about many clients, in the background and within its limits."""

    _name = "gestor.register.check"
    _description = "Bulk Check in a Register"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    service = fields.Selection(
        selection="_selection_service", string="Register", required=True, readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Ordered by", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("waiting", "Waiting"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        default="running",
        required=True,
        readonly=True,
        index=True,
    )
    resume_at = fields.Datetime(string="Goes on at", readonly=True)
    note = fields.Char(string="Why it waits", readonly=True)
    failure_count = fields.Integer(string="Failed attempts", readonly=True)
    finished_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many("gestor.register.check.line", "check_id")
    total_count = fields.Integer(string="Clients", compute="_compute_counts")
    done_count = fields.Integer(string="Checked", compute="_compute_counts")
    confirmed_count = fields.Integer(string="Confirmed", compute="_compute_counts")
    denied_count = fields.Integer(string="Not confirmed", compute="_compute_counts")
    differs_count = fields.Integer(string="With differences", compute="_compute_counts")
    failed_count = fields.Integer(string="Without an answer", compute="_compute_counts")
    progress_percent = fields.Float(compute="_compute_counts")

    @api.model
    def _selection_service(self):
        names = self.env["gestor.verification"]._selection_service()
        return [(code, name) for code, name in names if code in KINDS]

    @api.depends("service", "create_date")
    @api.depends_context("lang", "tz")
    def _compute_name(self):
        names = dict(self._selection_service())
        for job in self:
            at = fields.Datetime.context_timestamp(job, job.create_date or job._now())
            job.name = f"{names.get(job.service, job.service)} {at:%Y-%m-%d %H:%M}"

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["gestor.register.check.line"]._read_group(
            [("check_id", "in", self.ids)], ["check_id", "state"], ["__count"]
        )
        counts = {}
        for job, state, count in groups:
            counts.setdefault(job.id, {})[state] = count
        for job in self:
            table = counts.get(job.id, {})
            job.total_count = sum(table.values())
            job.done_count = job.total_count - table.get("waiting", 0)
            for state in ("confirmed", "denied", "differs", "failed"):
                job[f"{state}_count"] = table.get(state, 0)
            done, total = job.done_count, job.total_count
            job.progress_percent = 100.0 * done / total if total else 100.0

    # === Actions ===

    def action_cancel(self):
        """Stop after the current request; what is checked stays."""
        self._as_ordered(("running", "waiting")).write({"state": "cancelled"})

    def action_resume(self):
        """Go on with a check that was cancelled or failed."""
        jobs = self._as_ordered(("cancelled", "failed", "waiting"))
        jobs.write(
            {"state": "running", "note": False, "resume_at": False, "failure_count": 0}
        )
        jobs._wake_cron()

    def _as_ordered(self, states):
        """Return the jobs for writing, if the user may see them.

        :raise UserError: if one of them is in another state by now
        """
        self.check_access("read")
        if any(job.state not in states for job in self):
            raise UserError(
                self.env._("The check has changed meanwhile. Reload the page.")
            )
        # sudo: the course of a check is closed to users, who may press its buttons
        return self.sudo()

    # === Making ===

    @api.model
    def _gestor_start(self, service, partners):
        """Start a check of clients by the current user in the current company.

        :param str service: code of a register, see ``KINDS``
        :param partners: clients that the user may read
        :rtype: gestor.register.check
        """
        partners.check_access("read")
        # sudo: a check comes into being here only
        job = self.sudo().create(
            {
                "service": service,
                "company_id": self.env.company.id,
                "user_id": self.env.uid,
            }
        )
        job.line_ids.create(
            [{"check_id": job.id, "partner_id": partner.id} for partner in partners]
        )
        job._wake_cron()
        return job.sudo(False)

    @api.model
    def _get_partner_domain(self, service):
        """Return the clients that a register can be asked about."""
        pattern = _EU_NUMBER if service == "vies" else _NIP
        return (
            Domain("parent_id", "=", False)
            & Domain("gestor_kind", "!=", False)
            & Domain("gestor_nip", "!=", False)
            & Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s ~ %s",
                    model._field_to_sql(alias, "gestor_nip", query),
                    pattern,
                )
            )
        )

    # === Running ===

    @api.model
    def _cron_run_checks(self):
        """Go on with every check that need not wait."""
        cron = self.env["ir.cron"]
        domain = Domain("state", "=", "running") | (
            Domain("state", "=", "waiting") & Domain("resume_at", "<=", self._now())
        )
        jobs = self.search(domain, order="id")
        cron._commit_progress(remaining=sum(job._count_waiting() for job in jobs))
        for job in jobs:
            while job._is_due() and job.try_lock_for_update():
                try:
                    done = job._run_chunk()
                except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                    # somebody wrote the same rows: this chunk comes again
                    self.env.cr.rollback()
                    job._wake_cron()
                    return
                left = job._count_waiting() if job._is_due() else 0
                if not cron._commit_progress(done, remaining=left):
                    return

    @api.model
    def _cron_check_all(self):
        """Start a check of all Polish clients on the white list, in each company."""
        for company in self.env["res.company"].search([]):
            jobs = self.with_company(company)
            domain = jobs._get_partner_domain("white_list")
            domain &= Domain("company_id", "in", (False, company.id))
            partners = self.env["res.partner"].search(domain)
            if partners:
                jobs._gestor_start("white_list", partners)

    def _now(self):
        return fields.Datetime.now()

    def _wake_cron(self, at=None):
        # sudo: a user may not write cron triggers; this one has a fixed content
        self.env.ref("gestor_pl.register_check_cron").sudo()._trigger(at)

    def _is_due(self):
        self.invalidate_recordset(["state", "resume_at"])
        if not self.exists():
            return False
        return self.state == "running" or (
            self.state == "waiting" and self.resume_at <= self._now()
        )

    def _get_waiting_domain(self):
        return [("check_id", "=", self.id), ("state", "=", "waiting")]

    def _count_waiting(self):
        domain = self._get_waiting_domain()
        return self.env["gestor.register.check.line"].search_count(domain)

    def _run_chunk(self):
        """Ask about as many clients as one request takes.

        :return: how many lines are done
        :rtype: int
        """
        self.ensure_one()
        job = self.with_context(lang=self.user_id.lang, tz=self.user_id.tz)
        provider = job._get_provider()
        lines = job.line_ids.search(
            job._get_waiting_domain(), order="id", limit=provider._gestor_verify_size
        )
        if not lines:
            job._finish()
            return 0
        questions = lines._get_questions(provider, job.user_id)
        findings = provider._gestor_verify(list(set(questions.values())))
        failures = {
            question: finding.error
            for question, finding in findings.items()
            if finding.error and not isinstance(finding.error, RegisterQuestionError)
        }
        # the clients that a failure kept from being asked about stay for later
        left = lines.filtered(lambda line: questions.get(line) in failures)
        job._store(lines - left, questions, findings)
        if failures:
            job._wait(next(iter(failures.values())))
        elif job.state == "waiting":
            job.write({"state": "running", "note": False, "failure_count": 0})
        return len(lines - left)

    def _get_provider(self):
        """Return the provider, in the check's company and with patience."""
        providers = self.env["gestor.register.provider"]._gestor_providers()
        provider = providers[self.service].with_company(self.company_id)
        return provider.with_context(gestor_pl_patient=True)

    def _store(self, lines, questions, findings):
        """Write the results of lines, and their proofs."""
        found = [
            (findings[questions[line]], line) for line in lines if line in questions
        ]
        proofs = self.env["gestor.verification"].with_user(self.user_id)
        proofs = proofs.with_company(self.company_id)._gestor_record(
            self.service,
            KINDS[self.service],
            [(finding, {"partner_id": line.partner_id.id}) for finding, line in found],
        )
        for (finding, line), proof in zip(found, proofs, strict=True):
            state, reason = self._judge(line.partner_id, finding)
            line.write({"state": state, "reason": reason, "verification_id": proof.id})

    def _judge(self, partner, finding):
        """Return ``(state, reason)`` of a line."""
        if finding.error:
            return "failed", say_error(self.env, finding.error)
        notes = list(finding.notes)
        if finding.result != "confirmed":
            return "denied", say(self.env, notes)
        subject = finding.subject or {}
        differing = [
            key
            for key, field in _COMPARED.items()
            if subject.get(key) and not same(_bare(partner[field]), subject[key])
        ]
        if differing and self.service != "vies":
            names = [self._key_label(key) for key in differing]
            notes.append(("differs", {"names": ", ".join(names)}))
        unlisted = self._unlisted_accounts(partner, subject)
        if unlisted:
            notes.append(("accounts_missing", {"numbers": ", ".join(unlisted)}))
        state = "differs" if len(notes) > len(finding.notes) else "confirmed"
        return state, say(self.env, notes)

    def _key_label(self, key):
        labels = {"nip": "NIP", "regon": "REGON"}
        fields_ = self.env["res.partner"]._fields
        return labels.get(key) or fields_[key]._description_string(self.env)

    def _unlisted_accounts(self, partner, subject):
        """Return the client's Polish accounts that the white list does not know."""
        if self.service != "white_list" or subject.get("has_virtual"):
            return []
        listed = set(subject.get("accounts", []))
        numbers = partner.bank_ids.mapped("sanitized_acc_number")
        polish = [number for number in numbers if number and number.startswith("PL")]
        return [number for number in polish if number[2:] not in listed]

    def _wait(self, error):
        """Go on later: when the register allows it, or some time after a failure."""
        if not error.is_passing:
            self.write({"state": "failed", "note": say_error(self.env, error)})
            return
        if getattr(error, "wait_seconds", 0):
            resume_at = self._now() + timedelta(seconds=error.wait_seconds)
            self.write({"failure_count": 0})
        else:
            minutes = _RETRY_MINUTES[min(self.failure_count, len(_RETRY_MINUTES) - 1)]
            resume_at = self._now() + timedelta(minutes=minutes)
            self.failure_count += 1
        note = say(self.env, [(error.code, error.params)])
        self.write({"state": "waiting", "resume_at": resume_at, "note": note})
        self._wake_cron(resume_at)

    def _finish(self):
        self.write({"state": "done", "finished_at": self._now(), "note": False})
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "success",
                "title": self.name,
                "message": self.env._("The check in the register is done."),
            },
        )


def _bare(number):
    return (number or "").removeprefix("PL")
