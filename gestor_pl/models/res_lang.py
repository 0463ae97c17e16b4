from odoo import api, models

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _gestor_group_polish_thousands(self):
        """Write Polish amounts as 49 300,74, by a space that no line breaks.

        The host's Polish has no separator: 49300,74. Only this gap is filled, so an
        administrator's own sign stays. Called by a data file at each update, since an
        update of ``base`` empties the separator and then updates this addon, too.
        It does not matter whether Polish is active yet: the host keeps all languages.
        Source: Unicode CLDR, symbols of locale ``pl``.
        """
        polish = self.env.ref("base.lang_pl", raise_if_not_found=False)
        if polish and not polish.thousands_sep:
            polish.thousands_sep = NO_BREAK_SPACE
