from odoo import models

USER_GROUP = "gestor_activities.gestor_activities_group_own"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        user = self.env.user
        if user.has_group(USER_GROUP):
            # the top bar need not ask when the page is opened
            entries = self.env["gestor.activity.time"].with_context(lang=user.lang)
            info["gestor_clock"] = entries._prepare_clock(entries._get_own_clock())
            info["gestor_clock_automatic"] = user.gestor_is_clock_automatic
        return info
