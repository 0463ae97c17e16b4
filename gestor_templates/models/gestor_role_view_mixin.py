from odoo import api, models


class GestorRoleViewMixin(models.AbstractModel):
    """Lets the screens of documents begin as the roles of the user say."""

    _name = "gestor.role.view.mixin"
    _description = "Gestor Views For Roles"
    _inherit = ["gestor.registry.mixin"]

    @api.model
    def get_views(self, views, options=None):
        result = super().get_views(views, options)
        action_id = (options or {}).get("action_id")
        if action_id and (view := self.env["gestor.role.view"]._find(action_id)):
            view._apply(self, result)
        return result
