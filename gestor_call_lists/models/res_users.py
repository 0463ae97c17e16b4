from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    gestor_call_extension = fields.Char(
        string="Extension",
        copy=False,
        index="btree_not_null",
        help="The number of the telephone on the desk: calls to it are shown to this "
        "user.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "gestor_call_extension"]
