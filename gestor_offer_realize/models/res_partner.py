from odoo import api, fields, models

from ..const import KINDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    gestor_realize_as = fields.Selection(
        KINDS,
        string="Realize offers as",
        groups="base.group_user",
        help="What the offers of the client are made into. Empty: as their type says.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["gestor_realize_as"]
