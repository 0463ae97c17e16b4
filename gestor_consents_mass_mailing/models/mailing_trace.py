from odoo import fields, models

from odoo.addons.gestor_consents.models.mail_mail import NO_CONSENT


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    failure_type = fields.Selection(selection_add=[(NO_CONSENT, "No consent")])
