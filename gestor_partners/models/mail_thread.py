from odoo import models

from ..const import HOST_MAIL_PURPOSES


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_add_default_recipients(self):
        """Write about documents to the contacts that get e-mails about them."""
        found = super()._message_add_default_recipients()
        purpose, domain = HOST_MAIL_PURPOSES.get(self._name, (None, None))
        if purpose:
            documents = self.filtered_domain(domain)
            marked = documents.partner_id._get_gestor_marked_recipients(purpose)
            for document in documents:
                if recipients := marked.get(document.partner_id.id):
                    found[document.id]["partners"] = recipients
        return found
