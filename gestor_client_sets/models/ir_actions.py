from odoo import api, models


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        """Offer "Make a client set" in every list that leads to clients.

        Registered here once, not for each model: whatever is installed later has it.
        """
        bindings = super().get_bindings(model_name)
        collect = self.env["gestor.client.set.collect"]
        if collect._leads_to_clients(model_name) and collect.has_access("create"):
            action = self.env.ref(
                "gestor_client_sets.gestor_client_set_collect_action",
                raise_if_not_found=False,
            )
            if action:
                values = {
                    "id": action.id,
                    "name": action.sudo().name,  # sudo: as the host reads bindings
                    "binding_view_types": "list,kanban",
                }
                actions = [*bindings.get("action", ()), values]
                bindings = {**bindings, "action": actions}
        return bindings
