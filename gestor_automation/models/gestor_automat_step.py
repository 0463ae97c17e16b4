import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import date_utils

STAGE = "gestor.scenario.stage"


class GestorAutomatStep(models.Model):
    """One step of an automat: what it does and how long after the event."""

    _name = "gestor.automat.step"
    _description = "Automat Step"
    _order = "sequence, id"
    _rec_name = "description"

    automat_id = fields.Many2one(
        "gestor.automat", required=True, index=True, ondelete="cascade"
    )
    model = fields.Char(related="automat_id.model")
    sequence = fields.Integer(default=10)
    handler = fields.Selection(
        selection=lambda self: self.env["gestor.planned.action"]._selection_handlers(),
        string="Step",
        required=True,
    )
    delay_number = fields.Integer(string="Delay", aggregator=False)
    delay_unit = fields.Selection(
        [("minutes", "minutes"), ("hours", "hours"), ("days", "days")],
        default="days",
        required=True,
    )
    delay_text = fields.Char(string="How much later", compute="_compute_delay_text")
    description = fields.Char(compute="_compute_description", compute_sudo=True)

    # === Fields: what the kinds need ===

    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail template",
        domain="[('model', '=', model)]",
        ondelete="restrict",
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        string="SMS template",
        domain="[('model', '=', model)]",
        ondelete="restrict",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        string="To-do type",
        domain="[('res_model', 'in', (False, model))]",
        ondelete="restrict",
    )
    activity_user_id = fields.Many2one(
        "res.users",
        string="Assigned to",
        help="Empty: the user responsible for the document.",
    )
    activity_days = fields.Integer(string="Days to do it", aggregator=False)
    activity_summary = fields.Char(string="Summary", translate=True)
    comment = fields.Text()
    stage_model = fields.Char(compute="_compute_stage_model")
    stage_ref = fields.Many2oneReference(string="Stage", model_field="stage_model")
    document_model = fields.Selection(
        selection=lambda self: self.env["gestor.link"]._selection_document_models(),
        string="New document",
    )
    record_template_id = fields.Many2one(
        "gestor.record.template",
        string="Template of the document",
        domain="[('model', '=', document_model)]",
        ondelete="restrict",
        help="Empty: the document only takes over what it has in common with the one "
        "it continues.",
    )
    server_action_id = fields.Many2one(
        "ir.actions.server",
        domain="[('model_id.model', '=', model)]",
        ondelete="restrict",
    )
    params_text = fields.Text(
        string="Parameters", help="JSON, for kinds of steps of other makers."
    )
    has_own_fields = fields.Boolean(compute="_compute_has_own_fields")

    _delay_not_negative = models.Constraint(
        "CHECK (delay_number >= 0)", "A step cannot be done before its event."
    )

    def _compute_stage_model(self):
        self.stage_model = STAGE if STAGE in self.env else False

    @api.depends("handler")
    def _compute_has_own_fields(self):
        handlers = self.env["gestor.auto.handler"]
        for step in self:
            step.has_own_fields = bool(
                step.handler and handlers._get_handler(step.handler)._gestor_has_fields
            )

    @api.depends("delay_number", "delay_unit")
    @api.depends_context("lang")
    def _compute_delay_text(self):
        automats = self.env["gestor.automat"]
        for step in self:
            step.delay_text = (
                automats._get_span_text(step.delay_number, step.delay_unit)
                if step.delay_number
                else False
            )

    @api.depends(lambda self: ["handler", "params_text", *self._get_param_fields()])
    @api.depends_context("lang")
    def _compute_description(self):
        for step in self:
            try:
                handler = step._get_handler()
                step.description = handler._describe(step._get_params())
            except ValidationError:
                labels = self.env["gestor.planned.action"]._selection_handlers()
                step.description = dict(labels).get(step.handler, step.handler)

    @api.model
    def _get_param_fields(self):
        """Return the fields from which the kinds make their parameters."""
        return [
            "mail_template_id",
            "sms_template_id",
            "activity_type_id",
            "activity_user_id",
            "activity_days",
            "activity_summary",
            "comment",
            "stage_ref",
            "document_model",
            "record_template_id",
            "server_action_id",
        ]

    @api.constrains(
        lambda self: ["handler", "params_text", "automat_id", *self._get_param_fields()]
    )
    def _check_params(self):
        for step in self:
            handler = step._get_handler()
            handler._validate(step._get_params(), step.automat_id.model_id.model)

    @api.onchange("document_model")
    def _onchange_document_model(self):
        """Forget the template of other documents."""
        if self.record_template_id.model != self.document_model:
            self.record_template_id = False

    # === CRUD: what a user may let run by itself ===

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._check_configurable()
        return steps

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(
            {"handler", "params_text", *self._get_param_fields()}
        ):
            self._check_configurable()
        return result

    def _check_configurable(self):
        if not self.env.su:
            for step in self:
                step._get_handler()._check_configurable(step._get_params())

    # === Helpers ===

    def _get_handler(self):
        return self.env["gestor.auto.handler"]._get_handler(self.handler)

    def _get_params(self):
        """Return the parameters that the kind of step makes of the fields.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_handler()._get_step_params(self)

    def _get_params_from_text(self):
        """Return the parameters that are written as JSON.

        :raise ValidationError: if they are none
        """
        try:
            params = json.loads(self.params_text or "{}")
        except ValueError:
            params = None
        if not isinstance(params, dict):
            raise ValidationError(
                self.env._('The parameters are not JSON such as {"word": "x"}.')
            )
        return params

    def _get_moment(self, event_at):
        """Return when the step is done, for an event at a moment."""
        delay = {self.delay_unit: self.delay_number}
        return date_utils.add(event_at, **delay)
