from odoo import fields, models

NO_CONSENT = "gestor_consent"


class MailMail(models.Model):
    _inherit = "mail.mail"

    failure_type = fields.Selection(selection_add=[(NO_CONSENT, "No consent")])
