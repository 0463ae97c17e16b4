from odoo import models

from .gestor_search import READERS, USER_GROUP


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        user = self.env.user
        if user.has_groups(READERS):
            # the palette needs its headings before the first search
            search = self.env["gestor.search"].with_context(lang=user.lang)
            info["gestor_search_kinds"] = search._get_kinds()
        if user.has_group(USER_GROUP):
            users = self.env["res.users"].with_context(lang=user.lang)
            info["gestor_substitution"] = users._get_gestor_substitution_info()
        return info
