from odoo import models
from odoo.exceptions import UserError

#: context key: ids of the activities on which a sent SMS is noted
NOTED_KEY = "gestor_activities_noted_ids"
#: who is told about an activity has asked for it: no consent to marketing is needed
PURPOSE = "business"


class GestorActivityMessageMixin(models.AbstractModel):
    """Writes to the clients of activities, except those who refuse it."""

    _name = "gestor.activity.message.mixin"
    _description = "Messages To Clients Of Activities"

    def action_gestor_sms(self):
        """Open the host's SMS window for the clients of these activities."""
        people, left = self._split_people("sms", "phone")
        composer = {
            "type": "ir.actions.act_window",
            "name": self.env._("Send an SMS"),
            "res_model": "sms.composer",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "mass",
                "default_mass_keep_log": False,
                "default_res_model": "res.partner",
                "default_res_ids": repr(people.ids),
                NOTED_KEY: self.ids,
            },
        }
        return self._tell_left_out(left, composer)

    def action_gestor_email(self):
        """Open the host's e-mail window for the clients of an activity."""
        self.ensure_one()
        people, left = self._split_people("email", "email")
        composer = {
            "type": "ir.actions.act_window",
            "name": self.env._("Write an e-mail"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "comment",
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_partner_ids": people.ids,
                "default_subject": self.name,
            },
        }
        return self._tell_left_out(left, composer)

    def _get_people(self):
        """Return who is written to: representatives, else the clients themselves."""
        people = self.env["res.partner"]
        for client in self.client_ids:
            people |= client.contact_id or client.partner_id
        return people

    def _split_people(self, channel, field_name):
        """Return to whom to write, and why not to the others.

        :return: partners, and ``{partner: reason}``
        :raise UserError: if nobody is left
        """
        self.check_access("write")
        everybody = self._get_people()
        refused = everybody._gestor_contact_refusals(channel, PURPOSE)
        left = {
            person: refused.get(person.id) or self._get_missing_reason(channel)
            for person in everybody
            if person.id in refused or not person[field_name]
        }
        people = everybody.filtered(lambda person: person not in left)
        if not people:
            raise UserError(
                self._get_left_message(left)
                or self.env._("There is no client to write to.")
            )
        return people, left

    def _get_missing_reason(self, channel):
        if channel == "sms":
            return self.env._("no phone number")
        return self.env._("no e-mail address")

    def _get_left_message(self, left):
        if not left:
            return ""
        by_reason = {}
        for person, reason in left.items():
            by_reason.setdefault(reason, []).append(person.display_name)
        return "\n".join(
            self.env._(
                "Left out (%(reason)s): %(names)s.",
                reason=reason,
                names=", ".join(names),
            )
            for reason, names in by_reason.items()
        )

    def _tell_left_out(self, left, action):
        """Return the action, after a notice of who is left out."""
        if not left:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self._get_left_message(left),
                "next": action,
            },
        }

    def _gestor_note_sms(self, people, body):
        """Note on these activities what was sent to their clients.

        :param people: to whom it was sent
        :param str body: of the message, as it was written
        """
        bodies = {}
        for activity in self:
            told = activity._get_people() & people
            if told:
                bodies[activity.id] = self.env._(
                    "SMS to %(names)s: %(text)s",
                    names=", ".join(told.mapped("display_name")),
                    text=body,
                )
        noted = self.browse(bodies)
        if noted:
            noted._message_log_batch(bodies)
