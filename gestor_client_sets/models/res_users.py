from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    gestor_is_digest_wanted = fields.Boolean(
        string="Morning summary",
        help="On working days an e-mail says what is late, what is for today and what "
        "is to fix at the clients. Nothing is sent when there is nothing to say.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "gestor_is_digest_wanted"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "gestor_is_digest_wanted"]
