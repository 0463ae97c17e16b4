from odoo import fields, models

from .mail_mail import NO_CONSENT


class MailNotification(models.Model):
    _inherit = "mail.notification"

    failure_type = fields.Selection(selection_add=[(NO_CONSENT, "No consent")])
