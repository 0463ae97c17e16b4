from odoo import models


class MailTemplate(models.Model):
    """No mail is made from a template about an offer that waits for approval.

    The composer, sending many, automats and programs that call the server all come
    through here.
    """

    _inherit = "mail.template"

    def _generate_template(self, res_ids, *args, **kwargs):
        if self.model in ("gestor.offer", "sale.order"):
            self.env[self.model].browse(res_ids).exists()._check_approved()
        return super()._generate_template(res_ids, *args, **kwargs)
