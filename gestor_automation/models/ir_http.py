from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user._is_internal():
            # most of the time there is none, and the panel need not ask
            jobs = self.env["gestor.job"]
            info["gestor_has_jobs"] = bool(
                jobs.search_count(jobs._get_panel_domain(), limit=1)
            )
        return info
