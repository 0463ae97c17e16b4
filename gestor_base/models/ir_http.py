import psycopg2.errors

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from .gestor_search import READERS, USER_GROUP

NUL_ERRORS = (ValueError, psycopg2.errors.UntranslatableCharacter)
NUL_WORDS = ("NUL (0x00)", "\\u0000")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """Say clearly that a text or domain holds the one character no column takes."""
        try:
            response = super()._dispatch(endpoint)
            # what is still to be written is judged here, too
            request.env.cr.flush()
        except NUL_ERRORS as error:
            if not any(word in str(error) for word in NUL_WORDS):
                raise
            request.env.cr.rollback()
            message = request.env._("The text contains an invisible character (NUL).")
            raise UserError(message) from error
        return response

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
