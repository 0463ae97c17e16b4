from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Copy what goes to somebody who is away to the substitute."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self or not isinstance(
            self, self.env.registry["gestor.participant.mixin"]
        ):
            return recipients  # talks between people are no business of a substitute
        return recipients + self._gestor_get_substitute_recipients(
            recipients, (msg_vals or {}).get("author_id") or message.author_id.id
        )

    def _gestor_get_substitute_recipients(self, recipients, author_id):
        """Return the data of the substitutes who may read the document."""
        substitutes = self.env["res.users"].browse(
            {
                period.substitute_id
                for period in self.env["gestor.substitution"]._get_current(self._name)
                for recipient in recipients
                if recipient["uid"] == period.user_id
            }
        )
        reached = {recipient["id"] for recipient in recipients} | {author_id}
        # sudo: the substitute need not be readable for the author of the message
        partners = (
            substitutes.sudo()
            .filtered(
                lambda user: (
                    user.active
                    and user.partner_id.id not in reached
                    and self.with_user(user).has_access("read")
                )
            )
            .partner_id
        )
        if not partners:
            return []
        data = self.env["mail.followers"]._get_recipient_data(
            self, "user_notification", False, partners.ids
        )
        return list(data[self.id].values())
