from odoo import fields, models

from ..const import MAIL_FORMS


class ResCompany(models.Model):
    _inherit = "res.company"

    gestor_offer_mail_form = fields.Selection(
        MAIL_FORMS,
        string="Offers in e-mails",
        default="attachment",
        required=True,
        help="Each offer may say otherwise.",
    )
