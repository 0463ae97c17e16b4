from odoo import models


class GestorPrintMailMixin(models.AbstractModel):
    """Sends the prints of documents to their clients by e-mail."""

    _name = "gestor.print.mail.mixin"
    _description = "Prints by E-mail"

    def action_gestor_mail_print(self):
        """Mail the documents as their clients want them printed.

        One document opens the composer. Of several, those are sent at once whose
        clients get such documents by e-mail; the others are named.

        :raise UserError: if a document has no print
        """
        if len(self) == 1:
            return self._get_gestor_print_composer()
        return self._get_gestor_sent_notice(self._gestor_mail_prints())

    def _gestor_mail_prints(self):
        """Mail the documents whose clients get such documents by e-mail.

        :return: the documents that were sent
        """
        recipients = self._gestor_print_recipients()
        sent = self._filter_gestor_mailed(recipients)
        for document, vals in sent._prepare_gestor_print_mails(recipients).items():
            files = [(file["name"], file["raw"]) for file in vals.pop("files")]
            document.message_post(
                attachments=files,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                **vals,
            )
        return sent

    def _filter_gestor_mailed(self, recipients):
        """Return the documents that their clients want by e-mail and can get."""
        wanted = self._get_gestor_print_settings()
        return self.filtered(
            lambda document: wanted[document.id].is_mailed and recipients[document.id]
        )

    def _gestor_print_recipients(self):
        """Return who gets the print of each document.

        :return: ``{document id: partners with an e-mail}``, for every document
        :rtype: dict[int, res.partner]
        """
        clients = self._get_autotext_clients()
        settings, by_setting = self._get_gestor_print_settings(), {}
        for res_id, setting in settings.items():
            client = clients[res_id][:1]
            by_setting[setting] = by_setting.get(setting, client.browse()) | client
        found = {
            setting: setting._gestor_recipients(partners)
            for setting, partners in by_setting.items()
        }
        nobody = self.env["res.partner"]
        return {
            res_id: found[setting].get(clients[res_id][:1].id, nobody)
            for res_id, setting in settings.items()
        }

    def _get_gestor_print_settings(self):
        """Return the print parameters of each document's client, perhaps empty.

        :rtype: dict[int, gestor.print.setting]
        """
        clients = self._get_autotext_clients()
        # sudo: how a client's documents look and travel is no secret
        settings = self.env["gestor.print.setting"].sudo()
        partners = settings.env["res.partner"].union(*clients.values())
        found = settings._find_for_clients(self._name, partners)
        return {
            res_id: found.get(client[:1].id, settings.browse())
            for res_id, client in clients.items()
        }

    def _prepare_gestor_print_mails(self, recipients):
        """Return the e-mail with the print of each document, in its own language.

        :param dict recipients: see :meth:`_gestor_print_recipients`
        :return: ``{document: values of the message}``, with ``files`` as dictionaries
            of ``ir.attachment``
        """
        reports = self.env["ir.actions.report"]
        patterns = self.env["gestor.print.pattern"]._choose(self)
        langs = self._gestor_text_langs()
        mails = {}
        for document in self:
            pattern, _copies = patterns[document.id]
            lang = pattern.lang or langs[document.id]
            # sudo: reports are closed to ordinary users
            report = pattern.sudo().report_id or reports._gestor_get_builtin(self._name)
            # one copy: how many are put on paper does not matter to a mail
            content, kind = reports._render_qweb_pdf(report, document.ids)
            speaking = document.with_context(lang=lang)
            title = report.with_context(lang=lang).name
            subject = f"{title}: {speaking.display_name}"
            file_name = f"{title} {speaking.display_name}.{kind}".replace("/", "-")
            mails[document] = {
                "subject": subject,
                "body": speaking.env._("Please find the document attached."),
                "partner_ids": recipients[document.id].ids,
                "files": [{"name": file_name, "raw": content}],
            }
        return mails

    def _get_gestor_print_composer(self):
        """Return the action that opens the host's composer with the print attached."""
        mails = self._prepare_gestor_print_mails(self._gestor_print_recipients())
        vals = mails[self]
        # as the composer's own files: what is not sent, the host clears away
        files = self.env["ir.attachment"].create(
            [
                {**file, "res_model": "mail.compose.message", "res_id": 0}
                for file in vals["files"]
            ]
        )
        return {
            "name": self.env._("Send by e-mail"),
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_subject": vals["subject"],
                "default_body": vals["body"],
                "default_partner_ids": vals["partner_ids"],
                "default_attachment_ids": files.ids,
                "force_email": True,
            },
        }

    def _get_gestor_sent_notice(self, sent):
        """Return the notice that says what was sent and what was not."""
        left = self - sent
        lines = [self.env._("Sent: %s", len(sent))]
        if left:
            lines.append(
                self.env._(
                    "Not sent, because their clients do not get them by e-mail or "
                    "have no address: %s",
                    ", ".join(left.mapped("display_name")),
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": "\n".join(lines),
                "sticky": bool(left),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
