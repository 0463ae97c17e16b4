from odoo import api, models
from odoo.exceptions import ValidationError

STAGE = "gestor.scenario.stage"


class GestorAutoHandlerStage(models.AbstractModel):
    """Move a document with a scenario to a stage. Parameters: ``stage_id``.

    The document's model has ``_gestor_enter_stage(stage)``, as
    ``gestor.scenario.mixin`` brings it.
    """

    _name = "gestor.auto.handler.stage"
    _description = "Change Stage"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 50

    @api.model
    def _label(self):
        return self.env._("Change stage")

    @api.model
    def _validate(self, params, model):
        if STAGE not in self.env or not hasattr(self.env[model], "_gestor_enter_stage"):
            raise ValidationError(
                self.env._(
                    'Documents of the kind "%(model)s" have no stages.',
                    model=self.env["ir.model"]._get(model).name,
                )
            )
        self._get_param_record(STAGE, params, "stage_id")

    @api.model
    def _describe(self, params):
        stage = self._get_param_record(STAGE, params, "stage_id")
        return self.env._('Change stage to "%(stage)s"', stage=stage.name)

    @api.model
    def _run(self, action, document):
        stage = self._get_param_record(STAGE, action.params, "stage_id")
        document._gestor_enter_stage(stage.with_env(action.env))
