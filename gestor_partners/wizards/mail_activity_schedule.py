from odoo import api, fields, models


class MailActivitySchedule(models.TransientModel):
    _inherit = "mail.activity.schedule"

    gestor_contact_warning = fields.Char(
        string="Outside contact hours", compute="_compute_gestor_contact_warning"
    )

    @api.depends("date_deadline", "res_model", "res_ids")
    def _compute_gestor_contact_warning(self):
        """Warn of a day on which clients take no calls; nothing is forbidden."""
        for dialog in self:
            clients = self.env["res.partner"]._gestor_contacted(
                dialog.res_model, dialog._evaluate_res_ids()
            )
            dialog.gestor_contact_warning = clients._gestor_contact_warning(
                dialog.date_deadline
            )
