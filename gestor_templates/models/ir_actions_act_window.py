from odoo import models


class IrActionsActWindow(models.Model):
    _inherit = "ir.actions.act_window"

    def _get_action_dict(self):
        """Begin with the kind of view that the roles of the user say."""
        result = super()._get_action_dict()
        if result["res_model"] not in self.env["gestor.role.view"]._get_models():
            return result
        mode = self.env["gestor.role.view"]._find(self.id).view_mode
        if mode and any(view[1] == mode for view in result["views"]):
            result["views"] = sorted(result["views"], key=lambda view: view[1] != mode)
        return result
