from odoo import api, models
from odoo.exceptions import UserError


class GestorPrintPattern(models.Model):
    _name = "gestor.print.pattern"
    _inherit = ["gestor.print.pattern", "gestor.job.mixin"]

    @api.model
    def _gestor_job_mail_prints(self, items, params):
        """Mail the prints of a chunk of documents.

        :raise UserError: if a document is gone, has no print, or its client does not
            get it by e-mail
        """
        documents = self.env[params["model"]].browse(item["id"] for item in items)
        if len(documents.exists()) < len(documents):
            raise UserError(self.env._("The record has been deleted."))
        recipients = documents._gestor_print_recipients()
        # before anything is printed: then each document is tried alone
        if documents - documents._filter_gestor_mailed(recipients):
            raise UserError(
                self.env._(
                    "Not sent: the client does not get such documents by e-mail or "
                    "has no address."
                )
            )
        documents._gestor_mail_prints()
