from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class GestorAutoHandlerActivity(models.AbstractModel):
    """Add an activity of the host to the document.

    Parameters: ``activity_type_id``; optional ``user_id`` (else the one responsible for
    the document), ``days`` until its deadline, ``summary`` and ``note``.
    """

    _name = "gestor.auto.handler.activity"
    _description = "Add Activity"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 30
    _gestor_has_fields = True

    @api.model
    def _label(self):
        return self.env._("Add to-do")

    @api.model
    def _get_type(self, params):
        return self._get_param_record("mail.activity.type", params, "activity_type_id")

    @api.model
    def _validate(self, params, model):
        self._check_inherits(model, "mail.activity.mixin")
        kind = self._get_type(params)
        if kind.res_model not in (False, model):
            raise ValidationError(
                self.env._(
                    '"%(name)s" is made for another kind of documents.', name=kind.name
                )
            )
        if params.get("user_id"):
            self._get_param_record("res.users", params, "user_id")

    @api.model
    def _get_step_params(self, step):
        return {
            "activity_type_id": step.activity_type_id.id,
            "user_id": step.activity_user_id.id,
            "days": step.activity_days,
            "summary": step.activity_summary,
        }

    @api.model
    def _describe(self, params):
        return self.env._(
            'Add to-do "%(name)s"',
            name=params.get("summary") or self._get_type(params).name,
        )

    @api.model
    def _preview(self, params, document):
        return [
            (self.env._("Assigned to"), self._get_user(params, document).name),
            (self.env._("Deadline"), format_date(self.env, self._get_deadline(params))),
        ]

    @api.model
    def _get_user(self, params, document):
        if params.get("user_id"):
            return self._get_param_record("res.users", params, "user_id")
        return document._gestor_responsible()[document.id]

    @api.model
    def _get_deadline(self, params):
        return fields.Date.context_today(self) + timedelta(days=params.get("days") or 0)

    @api.model
    def _run(self, action, document):
        handler = self.with_env(action.env)
        params = action.params
        document.activity_schedule(
            activity_type_id=handler._get_type(params).id,
            date_deadline=handler._get_deadline(params),
            summary=params.get("summary") or "",
            note=params.get("note") or "",
            user_id=handler._get_user(params, document).id,
        )
