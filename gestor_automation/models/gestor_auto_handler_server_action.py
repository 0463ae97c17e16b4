from odoo import api, models
from odoo.exceptions import AccessError

MANAGER_GROUP = "gestor_base.gestor_base_group_manager"


class GestorAutoHandlerServerAction(models.AbstractModel):
    """Run a server action of the host on the document. Parameters: ``action_id``."""

    _name = "gestor.auto.handler.server_action"
    _description = "Run Server Action"
    _inherit = ["gestor.auto.handler"]

    _gestor_sequence = 90

    @api.model
    def _label(self):
        return self.env._("Run server action")

    @api.model
    def _get_action(self, params):
        return self._get_param_record("ir.actions.server", params, "action_id")

    @api.model
    def _validate(self, params, model):
        self._check_same_model(self._get_action(params), model)

    @api.model
    def _check_configurable(self, params):
        groups = self._get_action(params).group_ids
        if not self.env.user.has_group(MANAGER_GROUP) or (
            groups and not groups & self.env.user.all_group_ids
        ):
            raise AccessError(
                self.env._("You may not let this server action run by itself.")
            )

    @api.model
    def _describe(self, params):
        return self.env._('Run "%(action)s"', action=self._get_action(params).name)

    @api.model
    def _run(self, action, document):
        server_action = self._get_action(action.params).with_env(action.env)
        server_action.with_context(
            active_model=document._name,
            active_id=document.id,
            active_ids=document.ids,
        ).run()
