from odoo import fields, models

from ..models.gestor_search import USER_GROUP


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    gestor_library_file_ids = fields.Many2many(
        "gestor.library.file", string="From the library", groups=USER_GROUP
    )

    def _action_send_mail(self, auto_commit=False):
        self._attach_gestor_library_files()
        return super()._action_send_mail(auto_commit=auto_commit)

    def _action_schedule_message(self):
        self._attach_gestor_library_files()
        return super()._action_schedule_message()

    def _attach_gestor_library_files(self):
        """Attach the chosen files, and let the documents use them.

        A message has attachments of its own, so its readers need no access to the
        library; the bytes are the same ones on the disk.
        """
        if not self.env.user.has_group(USER_GROUP):
            return
        documents = self.env["gestor.document.mixin"]._gestor_implementers()
        for composer in self.filtered("gestor_library_file_ids"):
            files = composer.gestor_library_file_ids
            attachments = files.attachment_id.with_context(image_no_postprocess=True)
            composer.attachment_ids += attachments.copy(
                {"res_model": composer._name, "res_id": 0, "company_id": False}
            )
            if composer.model in documents and composer.composition_mode == "comment":
                records = self.env[composer.model].browse(composer._evaluate_res_ids())
                uses = self.env["gestor.library.use"]
                uses._add(records._filtered_access("write"), files)
            composer.gestor_library_file_ids = False
