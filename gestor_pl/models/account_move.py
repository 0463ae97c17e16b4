from odoo import fields, models

from .res_partner_bank import USERS


class AccountMove(models.Model):
    _inherit = "account.move"

    gestor_white_list_state = fields.Selection(
        related="partner_bank_id.gestor_white_list_state", groups=USERS
    )
    gestor_white_list_at = fields.Datetime(
        related="partner_bank_id.gestor_white_list_at", groups=USERS
    )

    def action_gestor_check_white_list(self):
        """Ask the white list about the accounts that the bills are paid to."""
        return self.partner_bank_id.action_gestor_check_white_list()
