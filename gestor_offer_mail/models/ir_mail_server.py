from odoo import models

from .mail_mail import PREFIX


class IrMailServer(models.Model):
    """Pictures of the text travel inside of it, not among the attachments."""

    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):  # noqa: PLW3201
        attachments = kwargs.get("attachments") or []
        pictures = [file for file in attachments if file[0].startswith(PREFIX)]
        if pictures:
            kwargs["attachments"] = [f for f in attachments if f not in pictures]
        message = super()._build_email__(*args, **kwargs)
        html = message.get_body(("html",)) if pictures else None
        if html is None:
            return message
        for name, content, mimetype in pictures:
            cid = name.removeprefix(PREFIX)
            maintype, subtype = mimetype.split("/")
            html.add_related(
                content,
                maintype,
                subtype,
                cid=f"<{cid}>",
                filename=f"{cid.partition('@')[0]}.{subtype}",
                disposition="inline",
            )
        return message
