from odoo import api, fields, models


class GestorPrintSetting(models.Model):
    """The prints of a client go to the contacts that get e-mails of their kind."""

    _inherit = "gestor.print.setting"

    mail_purpose_id = fields.Many2one(
        "gestor.mail.purpose",
        string="E-mails about",
        ondelete="restrict",
        help="The contacts of the client that get e-mails about this get the print. "
        "Empty: whoever has the main e-mail.",
    )

    @api.model
    def _gestor_get_above(self, partner):
        # sudo: who the head office is, is no matter of rights here
        return super()._gestor_get_above(partner) or (
            partner.sudo().gestor_head_office_id.sudo(False)
        )

    def _gestor_recipients(self, partners):
        if code := self.mail_purpose_id.code:
            return partners._gestor_recipients(code)
        return super()._gestor_recipients(partners)
