from odoo import models


class MailTemplate(models.Model):
    """Offers go to whoever gets them, whatever their template says.

    The template belongs to the user and is never updated, so the one of an older
    database may still name other recipients.
    """

    _inherit = "mail.template"

    def _generate_template_recipients(self, res_ids, *args, **kwargs):
        results = super()._generate_template_recipients(res_ids, *args, **kwargs)
        offers = self.env["gestor.offer"]
        if self.model == offers._name and self == offers._get_mail_template():
            recipients = offers.browse(res_ids)._get_recipients()
            for res_id in res_ids:
                results.setdefault(res_id, {})["partner_ids"] = recipients[res_id].ids
        return results
