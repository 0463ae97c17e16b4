from collections import defaultdict
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

#: a client reads his own record through the portal; stages are not meant for him
STAFF = "base.group_user"
#: where the stages a document is entering in this transaction are noted
CHAIN_KEY = "gestor.scenario.chain"
STAGE_FIELDS = frozenset(("scenario_id", "stage_reason", "stage_entered_at"))


class GestorScenarioMixin(models.AbstractModel):
    """A document that goes through the stages of a scenario.

    Inherited beside ``gestor.document.mixin``.

    However ``stage_id`` is written - from a form, a board, another program or
    ``_gestor_enter_stage`` - the move is one transaction: rights, lock, allowed
    transition, reason, history, responsible person, activities, messages, and last
    the hook ``_gestor_stage_entered``.

    A document that has a ``stage_id`` of another kind keeps its own field: it names
    the one with the stage of the scenario in ``_gestor_stage_field``, declares it,
    and points ``stage_outcome`` and ``stage_entry_text`` to it.
    """

    _name = "gestor.scenario.mixin"
    _description = "Gestor Document With A Scenario"
    # without the host's mixins, which the document brings along: a model that names
    # mail.thread before a mixin that inherits it has no method resolution order
    _inherit = ["gestor.responsible.mixin", "gestor.registry.mixin"]

    #: the field with the stage of the scenario
    _gestor_stage_field = "stage_id"

    scenario_id = fields.Many2one(
        "gestor.scenario",
        default=lambda self: self._default_scenario_id(),
        domain=lambda self: [("model", "=", self._name)],
        index=True,
        ondelete="restrict",
        groups=STAFF,
    )
    stage_id = fields.Many2one(
        "gestor.scenario.stage",
        domain="[('scenario_id', '=', scenario_id)]",
        group_expand="_read_group_stage_id",
        index=True,
        ondelete="restrict",
        copy=False,
        groups=STAFF,
    )
    stage_reason = fields.Char(string="Reason of the stage", copy=False, groups=STAFF)
    stage_entered_at = fields.Datetime(
        string="In stage since", readonly=True, copy=False, groups=STAFF
    )
    stage_outcome = fields.Selection(
        related="stage_id.outcome", string="Outcome", groups=STAFF
    )
    stage_entry_text = fields.Html(
        related="stage_id.entry_text", string="What to do here", groups=STAFF
    )
    stage_public_name = fields.Char(
        string="Stage for the client",
        compute="_compute_stage_public_name",
        compute_sudo=True,
    )
    stage_path = fields.Json(compute="_compute_stage_path", groups=STAFF)
    scenario_history_ids = fields.One2many(
        "gestor.scenario.history",
        "res_id",
        string="Stage history",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        readonly=True,
        copy=False,
        groups=STAFF,
    )

    # === Defaults, computes and constraints ===

    def _default_scenario_id(self):
        return self.env["gestor.scenario"]._get_default_id(
            self._name, self.env.company.id
        )

    @api.depends(
        lambda self: [
            f"{self._gestor_stage_field}.{name}" for name in ("name", "public_name")
        ]
    )
    @api.depends_context("lang")
    def _compute_stage_public_name(self):
        for document in self:
            stage = document._get_stage()
            document.stage_public_name = stage.public_name or stage.name

    @api.depends(lambda self: [self._gestor_stage_field])
    def _compute_stage_path(self):
        """Tell the stage field where the document may go and where it has been.

        ``{"next": [stage ids], "hours": {stage id: hours spent there}}``
        """
        # sudo: whoever reads the document may know where it has been
        histories = self.env["gestor.scenario.history"].sudo()
        rows = histories.search(histories._get_document_domain(self._name, self.ids))
        now = fields.Datetime.now()
        hours = defaultdict(lambda: defaultdict(float))
        for row in rows:
            hours[row.res_id][row.stage_id.id] += row._get_hours(row.left_at or now)
        for document in self:
            stage = document._get_stage()
            document.stage_path = {
                "next": stage._get_next_stages().ids if stage else [],
                "hours": dict(hours[document._origin.id]),
            }

    @api.model
    def _read_group_stage_id(self, stages, domain):
        """Show all stages of the scenarios on a board, empty ones too."""
        scenarios = stages.scenario_id
        for condition in Domain(domain).iter_conditions():
            if condition.field_expr == "scenario_id" and condition.operator == "in":
                ids = [value for value in condition.value if isinstance(value, int)]
                scenarios |= scenarios.browse(ids)
        scenarios = scenarios or scenarios.browse(self._default_scenario_id() or [])
        return stages.search([("scenario_id", "in", scenarios.ids)])

    @api.constrains(lambda self: ["scenario_id", self._gestor_stage_field])
    def _check_scenario(self):
        for document in self:
            scenario = document.scenario_id
            stage = document._get_stage()
            if stage.scenario_id not in (scenario, scenario.browse()):
                raise ValidationError(
                    self.env._(
                        'The stage "%(stage)s" belongs to another scenario.',
                        stage=stage.name,
                    )
                )
            if scenario and scenario.model != self._name:
                raise ValidationError(
                    self.env._(
                        'The scenario "%(scenario)s" is for documents of another kind.',
                        scenario=scenario.name,
                    )
                )
        self._check_scenario_company()

    def _check_scenario_company(self):
        if "company_id" not in self._fields:
            return
        for document in self:
            own = document.scenario_id.company_id
            if (
                own
                and document.company_id
                and own not in document.company_id.parent_ids
            ):
                raise ValidationError(
                    self.env._(
                        'The scenario "%(scenario)s" belongs to another company.',
                        scenario=document.scenario_id.name,
                    )
                )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(
            [self._prepare_first_stage_vals(vals) for vals in vals_list]
        )
        for (stage, reason), group in documents.grouped(
            lambda document: (document._get_stage(), document.stage_reason)
        ).items():
            if stage:
                group._check_stage_reason(stage, reason)
                with group._noting_stage(stage):
                    group._apply_stage(stage, {}, reason)
        return documents

    def write(self, vals):
        name = self._gestor_stage_field
        if name not in vals and STAGE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        vals = self._prepare_move_vals(vals)
        reason = vals.pop("stage_reason", False)
        if name not in vals:
            return super().write(vals)
        stage = self.env["gestor.scenario.stage"].browse(vals[name])
        self._lock_for_move()
        moving = self.filtered(lambda document: document._get_stage() != stage)
        staying = self - moving
        if staying:
            super(GestorScenarioMixin, staying).write(vals)
        if not moving:
            return True
        moving._check_move(stage, vals.get("scenario_id"))
        moving._check_stage_reason(stage, reason)
        previous = {document.id: document._get_stage().id for document in moving}
        stamps = {
            "stage_reason": reason,
            "stage_entered_at": stage and fields.Datetime.now(),
        }
        with moving._noting_stage(stage):
            super(GestorScenarioMixin, moving).write({**vals, **stamps})
            moving._apply_stage(stage, previous, reason)
        return True

    def unlink(self):
        # sudo: the history goes along whoever may write it
        histories = self.env["gestor.scenario.history"].sudo()
        rows = histories.search(histories._get_document_domain(self._name, self.ids))
        result = super().unlink()
        rows.unlink()
        return result

    def web_save(self, vals, specification, next_id=None):
        """Ask a person for the reason where a program is simply refused."""
        stage = self.env["gestor.scenario.stage"].browse(
            vals.get(self._gestor_stage_field)
        )
        moving = self.filtered(lambda document: document._get_stage() != stage)
        if moving and stage.is_reason_required and not vals.get("stage_reason"):
            raise RedirectWarning(
                self._get_reason_message(stage),
                moving._get_move_action(stage),
                self.env._("Give the reason"),
            )
        return super().web_save(vals, specification, next_id=next_id)

    @api.model
    def _prepare_first_stage_vals(self, vals):
        """Return the values of a new document with its scenario and first stage."""
        vals = {**vals, "stage_entered_at": False}
        scenarios = self.env["gestor.scenario"]
        name = self._gestor_stage_field
        if name not in vals:
            vals[name] = self.env.context.get(f"default_{name}")
        if vals[name] and "scenario_id" not in vals:
            stage = self.env["gestor.scenario.stage"].browse(vals[name])
            vals["scenario_id"] = stage.scenario_id.id
        if "scenario_id" not in vals:
            company_id = vals.get("company_id") or self.env.company.id
            vals["scenario_id"] = self.env.context.get(
                "default_scenario_id"
            ) or scenarios._get_default_id(self._name, company_id)
        if vals["scenario_id"] and not vals[name]:
            vals[name] = scenarios._get_start_stage_id(vals["scenario_id"])
        if vals[name]:
            vals["stage_entered_at"] = fields.Datetime.now()
        else:
            vals["stage_reason"] = False
        return vals

    def _prepare_move_vals(self, vals):
        """Return what is to be written; a new scenario begins with its first stage."""
        vals = {
            name: value for name, value in vals.items() if name != "stage_entered_at"
        }
        if "scenario_id" in vals and all(
            document.scenario_id.id == (vals["scenario_id"] or False)
            for document in self
        ):
            del vals["scenario_id"]
        stage_field = self._gestor_stage_field
        if "scenario_id" in vals and not vals.get(stage_field):
            vals[stage_field] = vals["scenario_id"] and self.env[
                "gestor.scenario"
            ]._get_start_stage_id(vals["scenario_id"])
        return vals

    # === Moving ===

    def _gestor_enter_stage(self, stage, reason=None):
        """Move the documents to a stage of their scenario.

        One transaction for all of them: either each is moved with everything that
        belongs to it, or none. Documents that stand in the stage stay as they are.

        :param stage: ``gestor.scenario.stage`` record
        :param str reason: why; some stages require it
        :raise AccessError: if the user may not write one of the documents
        :raise UserError: if a move is not allowed, needs a reason or runs in a circle
        """
        if self:
            self.write(
                {self._gestor_stage_field: stage.id, "stage_reason": reason or False}
            )

    def _get_stage(self):
        """Return the stages of the scenario that the documents stand in."""
        return self[self._gestor_stage_field]

    def _lock_for_move(self):
        """Wait until nobody else moves the documents.

        Unlike ``lock_for_update`` it waits: whoever comes second moves the document
        on from where it is now. If the first one has committed, the database reports
        a serialization failure and the host repeats the request.
        """
        self.check_access("write")
        if not self.ids:
            return
        self.flush_recordset([self._gestor_stage_field, "scenario_id"])
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                SQL.identifier(self._table),
                tuple(self.ids),
            ),
            # losing the race is no fault of the server: the host repeats the request
            log_exceptions=False,
        )

    def _check_move(self, stage, new_scenario_id):
        """Refuse a move that the scenario does not allow."""
        if not stage:
            if new_scenario_id is None:
                raise UserError(
                    self.env._("A document of a scenario always stands in a stage.")
                )
            return
        for current, documents in self.grouped(self._gestor_stage_field).items():
            if new_scenario_id or not current:
                continue
            if stage.scenario_id != current.scenario_id:
                raise UserError(
                    self.env._(
                        'The stage "%(stage)s" belongs to another scenario.',
                        stage=stage.name,
                    )
                )
            if stage not in current._get_next_stages():
                raise UserError(
                    self.env._(
                        '"%(document)s" cannot go from the stage "%(current)s" to '
                        '"%(stage)s". Allowed: %(allowed)s.',
                        document=documents[0].display_name,
                        current=current.name,
                        stage=stage.name,
                        allowed=", ".join(current._get_next_stages().mapped("name"))
                        or self.env._("none, it is the last stage"),
                    )
                )

    def _check_stage_reason(self, stage, reason):
        if stage.is_reason_required and not (reason or "").strip():
            raise UserError(self._get_reason_message(stage))

    @api.model
    def _get_reason_message(self, stage):
        return self.env._('The stage "%(stage)s" needs a reason.', stage=stage.name)

    @contextmanager
    def _noting_stage(self, stage):
        """Note that the documents are entering a stage, to find circles.

        Whatever happens on entering - the hook, a rule, an activity that is done at
        once - may move a document on. That must come to an end.
        """
        # not among the data of precommit: a savepoint would forget them
        chains = self.env.cr.cache.setdefault(CHAIN_KEY, {})
        keys = [(self._name, document.id) for document in self] if stage else []
        for key in keys:
            chain = chains.get(key, ())
            if stage.id in chain:
                stages = stage.browse(chain[chain.index(stage.id) :])
                raise UserError(
                    self.env._(
                        "These stages would move a document round in a circle: "
                        "%(stages)s.",
                        stages=stages._get_chain_text(),
                    )
                )
        before = {key: chains.get(key, ()) for key in keys}
        chains.update({key: (*chain, stage.id) for key, chain in before.items()})
        try:
            yield
        finally:
            for key, chain in before.items():
                if chain:
                    chains[key] = chain
                else:
                    chains.pop(key, None)

    def _apply_stage(self, stage, previous, reason):
        """Do all that a stage asks for on the documents that have just entered it."""
        # sudo: the rights were checked before; with the change of the responsible
        # person the user may lose them, and the rest belongs to the same move
        documents = self.sudo()
        histories = documents.env["gestor.scenario.history"]
        rows = histories._record_moves(documents, stage, previous, reason)
        self.invalidate_recordset(["stage_path", "scenario_history_ids"])
        if not stage:
            return
        documents._assign_stage_responsible(stage)
        documents._plan_stage_activities(stage, rows)
        documents._gestor_send_stage_messages(stage)
        self._gestor_stage_entered(stage)

    def _assign_stage_responsible(self, stage):
        field_name = self._gestor_responsible_field()
        if not field_name or stage.responsible_rule == "unchanged":
            return
        users = stage._get_responsible(self)
        for user in self.env["res.users"].union(*users.values()):
            self.filtered(
                lambda document, user=user: (
                    users.get(document.id) == user and document[field_name] != user
                )
            ).write({field_name: user.id})

    def _plan_stage_activities(self, stage, rows):
        """Plan the activities of the stage and note to which stay they belong."""
        if stage.activity_ids:
            rows.planned_count = len(stage.activity_ids)
            stage.activity_ids._plan(self, rows)

    # === Actions ===

    def action_gestor_move_stage(self):
        """Open the dialog that moves these documents to another stage."""
        return self._get_move_action()

    def _get_move_action(self, stage=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_scenario.gestor_scenario_move_action"
        )
        action["context"] = {
            "active_model": self._name,
            "active_ids": self.ids,
            "default_stage_id": stage.id if stage else False,
        }
        return action

    # === Hooks ===

    def _gestor_stage_entered(self, stage):
        """React to documents having entered a stage: the last step of the move.

        Called once per move with all its documents, on creation too, as the user who
        moves; he may have lost his rights to them to the new responsible person. An
        error takes back the whole move. A document may be moved on from here.
        """

    def _gestor_send_stage_messages(self, stage):
        """Plan the e-mails and SMS of a stage within the transaction of the move.

        Called as superuser with all the documents of a move. A message that cannot
        be made holds up no move: it stands with its reason among the planned actions.
        """
        actions = self.env["gestor.planned.action"]
        messages = {"mail": stage.mail_template_ids, "sms": stage.sms_template_ids}
        for handler, templates in messages.items():
            for template in templates:
                actions._gestor_plan(self, handler, {"template_id": template.id})
