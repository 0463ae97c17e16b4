import json
from contextlib import contextmanager
from datetime import UTC, time, timedelta
from zoneinfo import ZoneInfo

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import (
    AccessError,
    ConcurrencyError,
    UserError,
    ValidationError,
)
from odoo.fields import Domain

from ..exceptions import AutomatLoopError
from ..lib.recurrence import wall_clock
from .gestor_automat_firing_mixin import CHAIN_KEY

MANAGER_GROUP = "gestor_base.gestor_base_group_manager"
MORNING = time(8)
OPEN_STATES = ("planned", "asked", "failed")
#: what a manager sets by hand; everything else is the engine's
HAND_FIELDS = {"planned_at", "user_id", "mode", "handler", "params"}
HAND_CREATE_FIELDS = HAND_FIELDS | {"res_model", "res_id", "company_id"}


class GestorPlannedAction(models.Model):
    """One automatic step for one document, done exactly once."""

    _name = "gestor.planned.action"
    _description = "Planned Action"
    _inherit = ["gestor.document.row.mixin", "gestor.due.mixin"]
    _order = "planned_at desc, id desc"

    _key_uniq = models.UniqueIndex(
        "(unique_key) WHERE unique_key IS NOT NULL",
        "This action is planned for the document already.",
    )
    _due_idx = models.Index("(due_at, id) WHERE state = 'planned'")
    _user_idx = models.Index(
        "(user_id, state) WHERE state IN ('planned', 'asked', 'failed')"
    )
    _document_idx = models.Index("(res_model, res_id)")

    handler = fields.Selection(
        selection="_selection_handlers", string="Step", required=True
    )
    params = fields.Json(string="Parameters")
    description = fields.Char(compute="_compute_description")
    mode = fields.Selection(
        [("auto", "By itself"), ("ask", "Ask first"), ("manual", "By hand")],
        required=True,
        default="auto",
        help="By itself: at the planned time. Ask first: the responsible user is asked "
        "at the planned time. By hand: it waits until somebody runs it.",
    )
    user_id = fields.Many2one("res.users", string="Responsible", index=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    automat_id = fields.Many2one(
        "gestor.automat", readonly=True, index="btree_not_null", ondelete="set null"
    )
    chain = fields.Json(readonly=True, copy=False)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    # === Computes ===

    @api.depends("handler", "params")
    @api.depends_context("lang")
    def _compute_description(self):
        texts = {}
        for action in self:
            key = (action.handler, json.dumps(action.params, sort_keys=True))
            if key not in texts:
                texts[key] = action._get_description()
            action.description = texts[key]

    def _get_description(self):
        try:
            return self._get_handler()._describe(self.params or {})
        except ValidationError:
            # its addon or its template is gone
            return self.handler

    @api.depends("description", "document_name")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        for action in self:
            name = action.document_name
            action.display_name = (
                f"{action.description}: {name}" if name else action.description
            )

    @api.depends("user_id", "state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        is_manager = self.env.su or self.env.user.has_group(MANAGER_GROUP)
        for action in self:
            action.can_decide = action.state in OPEN_STATES and (
                is_manager or action.user_id == self.env.user
            )

    @api.model
    def _selection_handlers(self):
        handlers = self.env["gestor.auto.handler"]
        return [
            (kind, handlers._get_handler(kind)._label())
            for kind in handlers._get_kinds()
        ]

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_hand_fields(vals, HAND_CREATE_FIELDS)
        now = fields.Datetime.now()
        actions = super().create(
            [{**vals, "due_at": vals.get("planned_at") or now} for vals in vals_list]
        )
        if not self.env.su:
            actions._check_configuration()
        return actions

    def write(self, vals):
        if not self.env.su:
            self._check_hand_fields(vals, HAND_FIELDS)
            self._check_open()
        if "planned_at" in vals and "due_at" not in vals:
            vals = {**vals, "due_at": vals["planned_at"]}
        result = super().write(vals)
        if not self.env.su and not vals.keys().isdisjoint({"handler", "params"}):
            self._check_configuration()
        return result

    def _check_hand_fields(self, names, allowed):
        if refused := set(names) - allowed:
            raise AccessError(
                self.env._(
                    "These fields of a planned action are not set by hand: %(names)s",
                    names=", ".join(sorted(refused)),
                )
            )

    def _check_open(self):
        if any(action.state not in OPEN_STATES for action in self):
            raise UserError(self.env._("This action has been done or skipped already."))

    def _check_configuration(self):
        """Refuse what the user may not plan, and what cannot work."""
        for action in self:
            self._check_document_model(action.res_model)
            handler = action._get_handler()
            handler._check_configurable(action.params or {})
            handler._validate(action.params or {}, action.res_model)

    @api.model
    def _check_document_model(self, model):
        if model not in self.env["gestor.document.mixin"]._gestor_implementers():
            raise ValidationError(
                self.env._("Actions are planned for business documents of Gestor only.")
            )

    # === Actions ===

    def action_run(self):
        """Do these actions now, whatever was planned, and tell how it went."""
        # sudo: the step was configured by a manager; the user decides only that it runs
        actions = self._decidable().sudo()._lock()
        results = actions._execute_each(by_hand=True)
        return self._notify_results(results)

    def action_skip(self):
        """Close these actions without doing them."""
        self._decidable().sudo()._lock()._close("skipped")  # sudo: see action_run
        return True

    def action_retry(self):
        """Let failed actions run again by themselves, at once."""
        actions = self._decidable().sudo()._lock()  # sudo: see action_run
        actions.filtered(lambda action: action.state == "failed").write(
            {
                "state": "planned",
                "attempts": 0,
                "error": False,
                "due_at": fields.Datetime.now(),
            }
        )
        self._wake_cron()
        return True

    def action_postpone(self, delay):
        """Ask again later.

        :param str delay: "quarter", "hour" or "tomorrow" (at eight in the morning of
            the user's time zone)
        """
        due_at = self._get_later(delay)
        self._decidable().sudo()._lock().write(  # sudo: see action_run
            {"state": "planned", "due_at": due_at, "attempts": 0}
        )
        return True

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _decidable(self):
        """Return the actions if the current user may run and skip them."""
        self.check_access("read")
        self._check_open()
        if not all(action.can_decide for action in self):
            raise AccessError(
                self.env._(
                    "Only the responsible user and managers decide about this action."
                )
            )
        return self

    def _lock(self):
        """Return the actions, locked; another transaction may be running them."""
        locked = self.try_lock_for_update()
        if locked != self:
            raise UserError(self.env._("This action is being run at this moment."))
        return locked

    @api.model
    def _get_later(self, delay):
        now = fields.Datetime.now()
        if delay == "quarter":
            return now + timedelta(minutes=15)
        if delay == "hour":
            return now + timedelta(hours=1)
        if delay == "tomorrow":
            local = fields.Datetime.context_timestamp(self, now)
            zone = ZoneInfo(str(local.tzinfo))
            morning = wall_clock(local.date() + timedelta(days=1), MORNING, zone)
            return morning.astimezone(UTC).replace(tzinfo=None)
        raise UserError(self.env._("Choose for how long the action is put off."))

    @api.model
    def _notify_results(self, results, planned=0):
        """Return the notification that tells how it went.

        :param int planned: how many there are, if some of them are not done yet
        """
        failed = results["failed"]
        if failed:
            message = self.env._(
                "Failed: %(count)s. Reason: %(reason)s",
                count=len(failed),
                reason=failed[0].error,
            )
        elif planned > len(results["done"]):
            message = self.env._(
                "Done: %(done)s, planned: %(planned)s",
                done=len(results["done"]),
                planned=planned - len(results["done"]),
            )
        else:
            message = self.env._("Done: %(count)s", count=len(results["done"]))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if failed else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === Planning ===

    @api.model
    def _gestor_plan(
        self,
        documents,
        handler,
        params=None,
        planned_at=None,
        key=None,
        mode="auto",
        user=None,
        vals=None,
    ):
        """Plan one step for each document. Any code may; users may not.

        :param documents: records of one document model
        :param str handler: the kind of the step: "mail", "sms", "activity" ...
        :param dict params: what the kind needs
        :param planned_at: UTC, or a dictionary of them by document id; else now
        :param str key: the same key is planned once for a document, for ever; or a
            dictionary of them by document id
        :param str mode: "auto", "ask" or "manual"
        :param user: who is asked; else who is responsible for the document
        :param dict vals: more values of the actions
        :return: the actions in the order of the documents; the one that was there
            already where the key was used before
        :rtype: gestor.planned.action
        :raise ValidationError: if the step cannot work on such documents
        """
        self._check_document_model(documents._name)
        handlers = self.env["gestor.auto.handler"]
        handlers._get_handler(handler)._validate(params or {}, documents._name)
        actions = self.sudo()  # planning by code is free, whoever causes it
        own_keys = key if isinstance(key, dict) else dict.fromkeys(documents.ids, key)
        keys = {
            res_id: f"{documents._name},{res_id}:{own_keys[res_id]}" if key else None
            for res_id in documents.ids
        }
        found = actions._find_by_document(keys) if key else {}
        missing = documents.filtered(lambda document: document.id not in found)
        times = planned_at if isinstance(planned_at, dict) else {}
        users = {} if user else missing._gestor_responsible()
        vals_list = [
            {
                **(vals or {}),
                "res_model": document._name,
                "res_id": document.id,
                "handler": handler,
                "params": params or {},
                "planned_at": times.get(document.id, planned_at)
                if planned_at
                else fields.Datetime.now(),
                "mode": mode,
                "unique_key": keys[document.id],
                "user_id": (user or users[document.id]).id,
                "company_id": self._get_company(document).id,
            }
            for document in missing
        ]
        created = actions._create_once(vals_list)
        found |= {action.res_id: action for action in created}
        if any(action.due_at <= fields.Datetime.now() for action in created):
            self._wake_cron()
        return self.union(*(found[res_id] for res_id in documents.ids)).with_env(
            self.env
        )

    @api.model
    def _create_once(self, vals_list):
        """Create the rows; start over if another transaction has planned the same."""
        try:
            with self.env.cr.savepoint():
                return self.create(vals_list)
        except psycopg2.errors.UniqueViolation as error:
            # its row is not in our snapshot: only a new transaction sees it
            raise ConcurrencyError("planned by another transaction") from error

    @api.model
    def _find_by_document(self, keys):
        actions = self.search(Domain("unique_key", "in", list(keys.values())))
        return {action.res_id: action for action in actions}

    @api.model
    def _get_company(self, document):
        company = document["company_id"] if "company_id" in document else None
        return company or self.env.company

    @api.model
    def _wake_cron(self):
        # sudo: whoever plans something may wake the one who does it
        cron = self.env.ref("gestor_automation.gestor_planned_action_cron").sudo()
        cron._trigger()

    # === Doing ===

    def _execute(self):
        """Do the action, as the user who caused it, with all rights.

        :return: whether the document is still there
        """
        self.ensure_one()
        user = self.create_uid if self.env.uid == api.SUPERUSER_ID else self.env.user
        # sudo: a manager has configured it; it runs whoever caused it
        action = self.with_user(user).sudo().with_company(self.company_id)
        document = action.env[self.res_model].browse(self.res_id)
        if not document.exists():
            return False
        with action._noting_chain():
            action._get_handler()._run(action, document)
        return True

    @contextmanager
    def _noting_chain(self):
        """Let automats see from which of them a change comes, to find circles."""
        data = self.env.cr.cache  # unlike a context it is everywhere
        before = data.get(CHAIN_KEY)
        link = [self.automat_id.id, self.res_model, self.res_id]
        data[CHAIN_KEY] = [*(self.chain or []), link] if self.automat_id else []
        try:
            yield
            # what is computed or sent at the end still belongs to this action
            self.env.flush_all()
        finally:
            data[CHAIN_KEY] = before

    def _record_failure(self, error, by_hand=False):
        if isinstance(error, AutomatLoopError):
            for automat in self.env["gestor.automat"].browse(error.automat_ids):
                automat._record_error(str(error))
        return super()._record_failure(error, by_hand)

    @api.model
    def _get_skip_reason(self):
        return self.env._("The document has been deleted.")

    def _get_handler(self):
        return self.env["gestor.auto.handler"]._get_handler(self.handler)

    @api.model
    def _get_due_domain(self):
        return super()._get_due_domain() & Domain("mode", "in", ("auto", "ask"))

    def _filtered_to_execute(self):
        asking = self.filtered(lambda action: action.mode == "ask")
        asking._ask()
        return self - asking

    def _ask(self):
        """Ask the responsible users, who find the question in their list too."""
        if not self:
            return
        self.write({"state": "asked", "attempts": 0})
        for user, actions in self.grouped("user_id").items():
            for action in actions.with_context(lang=user.lang):
                user._bus_send(
                    "gestor_automation/asked",
                    {
                        "id": action.id,
                        "title": action.description,
                        "message": action.document_name,
                    },
                )

    # === Helpers ===

    @api.model
    def _count_open(self, model, ids):
        """Count the open actions of many documents in one query.

        :return: ``{id: count}``; a document without any is missing
        """
        domain = self._get_document_domain(model, ids)
        domain &= Domain("state", "in", OPEN_STATES)
        # sudo: the number is no secret to who reads the document
        return dict(self.sudo()._read_group(domain, ["res_id"], ["__count"]))
