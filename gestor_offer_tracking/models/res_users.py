from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    gestor_offer_notice = fields.Selection(
        [("no", "Nothing"), ("notice", "A notice"), ("todo", "A notice and a to-do")],
        string="When a client opens my offer",
        default="notice",
        required=True,
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "gestor_offer_notice"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "gestor_offer_notice"]
