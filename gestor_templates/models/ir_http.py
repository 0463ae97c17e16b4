from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user.has_group("gestor_base.gestor_base_group_user"):
            templates = self.env["gestor.record.template"]
            info["gestor_template_models"] = [
                name for name, _label in templates._selection_models()
            ]
        return info
