from odoo import api, fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    gestor_contact_warning = fields.Char(
        string="Outside contact hours", compute="_compute_gestor_contact_warning"
    )

    @api.depends("date_deadline", "res_model", "res_id")
    def _compute_gestor_contact_warning(self):
        """Warn of a day on which the client takes no calls; nothing is forbidden."""
        for activity in self:
            clients = self.env["res.partner"]._gestor_contacted(
                activity.res_model, [activity.res_id]
            )
            activity.gestor_contact_warning = clients._gestor_contact_warning(
                activity.date_deadline
            )
