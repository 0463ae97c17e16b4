import re

from odoo import api, models
from odoo.exceptions import UserError

from .res_partner_identity import PRIVATE_FIELDS

_PRIVATE = re.compile(rf"\b({'|'.join(PRIVATE_FIELDS)})\b")


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(
        self,
        template_src,
        model,
        res_ids,
        engine="inline_template",
        add_context=None,
        options=None,
    ):
        """Refuse templates that would tell a PESEL or an identity document.

        Letters are often rendered by the server itself, for which no field is closed.
        """
        if found := _PRIVATE.search(str(template_src or "")):
            raise UserError(
                self.env._(
                    "No message tells identity data of people (%(field)s).",
                    field=found.group(),
                )
            )
        return super()._render_template(
            template_src,
            model,
            res_ids,
            engine=engine,
            add_context=add_context,
            options=options,
        )
