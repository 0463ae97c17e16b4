from odoo import api, models


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        """Offer "Run automat" on documents that have one for this user."""
        bindings = super().get_bindings(model_name)
        if self.env["gestor.automat"]._get_manual(model_name):
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "gestor_automation.gestor_automat_run_action"
            )
            names = ("id", "name", "binding_view_types")
            bindings.setdefault("action", []).append(
                {name: action[name] for name in names}
            )
        return bindings
