from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user.has_group("gestor_base.gestor_base_group_user"):
            documents = self.env["gestor.document.mixin"]
            info["gestor_template_models"] = documents._gestor_implementers()
        return info
