from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._gestor_mark_employees()
        return users

    def _gestor_mark_employees(self):
        """Employees are no clients of their own company."""
        employees = self.filtered(lambda user: not user.share).partner_id
        employees.filtered("gestor_kind").gestor_kind = False
