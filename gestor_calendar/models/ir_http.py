from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client what can be reminded of, for users of Gestor."""
        info = super().session_info()
        if self.env.user.has_group("gestor_base.gestor_base_group_user"):
            mixin = self.env["gestor.calendar.mixin"]
            info["gestor_calendar_models"] = mixin._gestor_implementers()
        return info
