from odoo import fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    gestor_client_set_ids = fields.Many2many(
        "gestor.client.set",
        string="Client sets",
        check_company=True,
        groups="base.group_user",
        help="Only clients of these sets get the promotion. Empty: everybody.",
    )
