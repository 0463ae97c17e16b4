from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_mail_partner_ids(self, move, mail_template, mail_lang):
        """Send invoices to the contacts that get e-mails about invoices."""
        partners = super()._get_default_mail_partner_ids(move, mail_template, mail_lang)
        marked = move.partner_id._get_gestor_marked_recipients("invoices")
        recipients = marked.get(move.partner_id.id)
        if not recipients:
            return partners
        return partners - move.partner_id | recipients
