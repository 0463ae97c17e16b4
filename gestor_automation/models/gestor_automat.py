from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gestor_base.lib.typed_text import READ_ERRORS

EVENT_TRIGGERS = ("created", "changed", "stage", "activity")
TIMED_TRIGGERS = ("date", "cycle")
STAGE_FIELD = "stage_id"
#: written by the engine: they change nothing about when it fires
ENGINE_FIELDS = {"error", "error_at", "checked_at", "message_main_attachment_id"}


class GestorAutomat(models.Model):
    """When something happens to a document, do some steps."""

    _name = "gestor.automat"
    _description = "Automat"
    _inherit = [
        "mail.thread",
        "gestor.recurrence.mixin",
        "gestor.automat.sentence.mixin",
        "gestor.automat.firing.mixin",
    ]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: documents of all companies."
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Documents",
        required=True,
        ondelete="cascade",
        domain=lambda self: self.env["gestor.flag"]._get_area_domain(),
    )
    model = fields.Char(related="model_id.model", store=True, index=True)
    step_ids = fields.One2many(
        "gestor.automat.step", "automat_id", string="Steps", copy=True
    )
    mode = fields.Selection(
        [("auto", "By itself"), ("ask", "Ask first"), ("manual", "By hand")],
        required=True,
        default="auto",
        tracking=True,
        help="By itself: the steps are done without a question. Ask first: the "
        "responsible user is asked before each step. By hand: the steps wait in the "
        "list of planned actions until somebody runs them.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who is asked",
        help="Empty: the user responsible for the document.",
    )

    # === Fields: when ===

    trigger = fields.Selection(
        [
            ("created", "A document is created"),
            ("changed", "A field changes"),
            ("stage", "A document enters a stage"),
            ("activity", "A to-do is done"),
            ("date", "A date is near or past"),
            ("cycle", "In a cycle"),
            ("manual", "A user runs it"),
        ],
        required=True,
        default="created",
        tracking=True,
    )
    field_id = fields.Many2one(
        "ir.model.fields",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True), "
        "('ttype', 'not in', ('one2many', 'many2many', 'binary', 'properties'))]",
        help="For a flag choose the field Flag.",
    )
    field_type = fields.Selection(related="field_id.ttype")
    value_model = fields.Char(compute="_compute_value_model")
    from_ref = fields.Many2oneReference(
        string="From the value", model_field="value_model"
    )
    to_ref = fields.Many2oneReference(string="To the value", model_field="value_model")
    from_selection_id = fields.Many2one(
        "ir.model.fields.selection",
        string="From value",
        ondelete="cascade",
        domain="[('field_id', '=', field_id)]",
    )
    to_selection_id = fields.Many2one(
        "ir.model.fields.selection",
        string="To value",
        ondelete="cascade",
        domain="[('field_id', '=', field_id)]",
    )
    to_boolean = fields.Selection(
        [("yes", "Set"), ("no", "Cleared")],
        string="Becomes",
        help="Empty: any change.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="To-do type",
        ondelete="cascade",
        help="Empty: of any type.",
    )
    date_field_id = fields.Many2one(
        "ir.model.fields",
        string="Date field",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True), "
        "('ttype', 'in', ('date', 'datetime'))]",
    )
    date_field_type = fields.Selection(
        related="date_field_id.ttype", string="Type of the date field"
    )
    offset_number = fields.Integer(string="How long", aggregator=False)
    offset_unit = fields.Selection(
        [
            ("minutes", "minutes"),
            ("hours", "hours"),
            ("days", "days"),
            ("months", "months"),
        ],
        default="days",
    )
    offset_direction = fields.Selection(
        [("before", "before"), ("after", "after")], default="before"
    )
    date_hour = fields.Float(
        string="Hour of the day",
        default=8.0,
        aggregator=False,
        help="For a date without an hour: when on that day.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Who may run it",
        help="Empty: all users of Gestor who may read the document.",
    )

    # === Fields: if ===

    filter_pre_domain = fields.Char(
        string="Condition before",
        help="What holds for the document before it is changed.",
    )
    filter_domain = fields.Char(
        string="Condition", help="What holds for the document when it happens."
    )

    # === Fields: how it goes ===

    checked_at = fields.Datetime(
        string="Checked until", readonly=True, copy=False, default=fields.Datetime.now
    )
    error = fields.Text(readonly=True, copy=False)
    error_at = fields.Datetime(string="Error on", readonly=True, copy=False)
    planned_action_count = fields.Integer(compute="_compute_planned_action_count")
    example_key = fields.Char(readonly=True, copy=False)

    _offset_not_negative = models.Constraint(
        "CHECK (offset_number >= 0)", "Say how long as 0 or more, before or after."
    )
    _hour_of_a_day = models.Constraint(
        "CHECK (date_hour >= 0 AND date_hour < 24)", "There is no such hour of the day."
    )
    _example_uniq = models.UniqueIndex(
        "(example_key) WHERE example_key IS NOT NULL",
        "This example is there already.",
    )

    # === Computes ===

    @api.depends("trigger", "model_id", "field_id")
    def _compute_value_model(self):
        for automat in self:
            # sudo: ir.model.fields is closed to ordinary users
            field = automat.sudo()._get_watched_field()
            automat.value_model = field.comodel_name if field is not None else False

    def _compute_planned_action_count(self):
        counts = dict(
            self.env["gestor.planned.action"]
            .sudo()  # the number is no secret to who reads the automat
            ._read_group([("automat_id", "in", self.ids)], ["automat_id"], ["__count"])
        )
        for automat in self:
            automat.planned_action_count = counts.get(automat._origin, 0)

    # === Constraints ===

    @api.constrains(
        "active", "trigger", "model_id", "field_id", "date_field_id", "filter_domain",
        "filter_pre_domain", "step_ids", "activity_type_id", "company_id",
    )  # fmt: skip
    def _check_trigger(self):
        for automat in self:
            self.env["gestor.planned.action"]._check_document_model(
                automat.model_id.model
            )
            automat._check_fields()
            automat._check_domains()
            automat.step_ids._check_params()
            if automat.active and not automat.step_ids:
                raise ValidationError(
                    self.env._(
                        'The automat "%(name)s" has no steps: add one, or archive it.',
                        name=automat.name,
                    )
                )

    def _check_fields(self):
        model = self.env[self.model_id.model]
        if self.trigger == "changed" and not self.field_id:
            raise ValidationError(self.env._("Choose the field whose change counts."))
        if self.trigger == "date" and not self.date_field_id:
            raise ValidationError(self.env._("Choose the date field."))
        if self.trigger == "stage" and STAGE_FIELD not in model._fields:
            raise ValidationError(
                self.env._(
                    'Documents of the kind "%(model)s" have no stages.',
                    model=self.model_id.name,
                )
            )
        used = self.field_id if self.trigger == "changed" else self.field_id.browse()
        used |= self.date_field_id if self.trigger == "date" else used.browse()
        for field in used:
            if field.model_id != self.model_id or not field.store:
                raise ValidationError(
                    self.env._(
                        'The field "%(field)s" is not a stored field of the documents '
                        "of this automat.",
                        field=field.field_description,
                    )
                )
        if self.company_id and "company_id" not in model._fields:
            raise ValidationError(
                self.env._("Documents of this kind do not belong to a company.")
            )

    def _check_domains(self):
        for name in ("filter_pre_domain", "filter_domain"):
            try:
                self._get_domain(name).validate(self.env[self.model_id.model])
            except READ_ERRORS as error:
                raise ValidationError(
                    self.env._(
                        "The condition cannot be understood: %(domain)s (%(reason)s)",
                        domain=self[name],
                        reason=error,
                    )
                ) from error

    @api.constrains(
        "trigger", "cycle_frequency", "cycle_interval", "cycle_start_at", "cycle_end",
        "cycle_until", "cycle_count", "cycle_pattern", "cycle_day", "cycle_nth",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "cycle_month",
    )  # fmt: skip
    def _check_cycles(self):
        self.filtered(lambda automat: automat.trigger == "cycle")._check_cycle()

    @api.onchange("model_id", "trigger", "field_id")
    def _onchange_field(self):
        """Forget the values of another field: they mean nothing for this one."""
        for name in ("from_ref", "to_ref", "from_selection_id", "to_selection_id"):
            self[name] = False

    @api.onchange("model_id")
    def _onchange_model_id(self):
        """Forget the fields and conditions of other documents."""
        for name in ("field_id", "date_field_id", "filter_domain", "filter_pre_domain"):
            self[name] = False

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        automats = super().create(vals_list)
        self.env.registry.clear_cache()
        return automats

    def write(self, vals):
        if vals.get("active"):
            # what happened while it was off is not made up for
            vals = {**vals, "checked_at": fields.Datetime.now()}
        if not vals.keys() <= ENGINE_FIELDS:
            vals = {"error": False, "error_at": False, **vals}
        result = super().write(vals)
        if not vals.keys() <= ENGINE_FIELDS:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=automat.name)}
            for automat, vals in zip(self, vals_list, strict=True)
        ]

    # === Actions ===

    def action_test(self):
        """Open the dialog that shows what would happen to a document."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_automation.gestor_automat_preview_action"
        )
        action["context"] = {"default_automat_id": self.id}
        return action

    def action_planned_actions(self):
        """Open the list of what this automat has planned and done."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_automation.gestor_planned_action_action"
        )
        action["domain"] = [("automat_id", "=", self.id)]
        action["context"] = {}
        return action

    # === Lookups ===

    @api.model
    @ormcache("model_name")
    def _get_triggers(self, model_name):
        """Return which active automats a kind of documents has.

        Kept in memory: a document without automats costs no query.

        :return: ids by trigger, and the watched fields by id
        :rtype: tuple[dict[str, list[int]], dict[int, str]]
        """
        # sudo: an automat works for all users
        automats = self.sudo().with_context(active_test=True)
        by_trigger, watched = {}, {}
        for automat in automats.search([("model", "=", model_name)]):
            by_trigger.setdefault(automat.trigger, []).append(automat.id)
            field = automat._get_watched_field()
            if field is not None:
                watched[automat.id] = field.name
        return by_trigger, watched

    def _get_watched_field(self):
        """Return the field whose change counts, or nothing."""
        self.ensure_one()
        model = self.env.get(self.model_id.model)
        if model is None:
            return None
        name = {"changed": self.field_id.name, "stage": STAGE_FIELD}.get(self.trigger)
        return model._fields.get(name)

    @api.model
    def _get_manual(self, model_name):
        """Return the automats that the current user may run on such documents."""
        ids = self._get_triggers(model_name)[0].get("manual", ())
        groups = self.env.user.all_group_ids
        # sudo: whether the user is in the groups is asked here
        return (
            self.sudo()
            .browse(ids)
            .filtered(
                lambda automat: not automat.group_ids or automat.group_ids & groups
            )
        )

    def _get_domain(self, name):
        """Return one of the conditions.

        :param str name: "filter_domain" or "filter_pre_domain"
        :rtype: Domain
        """
        context = {
            "uid": self.env.uid,
            "datetime": datetime,
            "context_today": lambda: fields.Date.context_today(self),
        }
        return Domain(safe_eval(self[name] or "[]", context))

    def _filtered_documents(self, documents, name="filter_domain"):
        """Return the documents for which a condition and the company hold."""
        domain = self._get_domain(name)
        if self.company_id:
            domain &= Domain("company_id", "in", (False, self.company_id.id))
        return documents.filtered_domain(domain)

    # === Ready examples ===

    @api.model
    def action_add_examples(self):
        """Add the ready examples, switched off, that are not there yet."""
        added = self._add_examples()
        if not added:
            raise UserError(self.env._("All ready examples are there already."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_automation.gestor_automat_action"
        )
        action["domain"] = [("id", "in", added.ids)]
        action["context"] = {"active_test": False}
        return action

    @api.model
    def _add_examples(self):
        added = self.browse()
        there = set(
            self.with_context(active_test=False)
            .search([("example_key", "!=", False)])
            .mapped("example_key")
        )
        for name in self.env["gestor.document.mixin"]._gestor_implementers():
            model_id = self.env["ir.model"]._get_id(name)
            for key, vals in self.env[name]._gestor_automat_examples().items():
                key = f"{name}:{key}"
                if key not in there:
                    added |= self.create(
                        {
                            **vals,
                            "model_id": model_id,
                            "active": False,
                            "example_key": key,
                        }
                    )
        return added
