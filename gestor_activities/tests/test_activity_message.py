from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.sms.tests.common import SMSCase

from .common import NOW, GestorActivitiesCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestActivityMessage(SMSCase, GestorActivitiesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.pl")
        cls.client_b.phone = "600 100 300"
        cls.boss = cls.env["res.partner"].create(
            {
                "name": "Boss of Alfa",
                "parent_id": cls.client_a.id,
                "phone": "600 100 400",
                "email": "boss@alfa.example",
            }
        )
        cls.activity = cls._create_activity(
            client_ids=[
                Command.create(
                    {"partner_id": cls.client_a.id, "contact_id": cls.boss.id}
                ),
                Command.create({"partner_id": cls.client_b.id}),
            ]
        )

    def _refuse(self, person, reason="withdrew the consent"):
        refusals = {person.id: reason}

        def answer(people, channel, purpose="marketing"):
            self.assertEqual(purpose, "business")
            return {key: refusals[key] for key in people.ids if key in refusals}

        partners = self.env.registry["res.partner"]
        self.startPatcher(patch.object(partners, "_gestor_contact_refusals", answer))

    def _send(self, action, body="We are on our way"):
        composer = self.env["sms.composer"].with_user(self.anna)
        form = Form(composer.with_context(**action["context"]))
        form.body = body
        with self.mockSMSGateway():
            form.save().action_send_sms_mass_now()
        return self._new_sms

    def _get_notes(self, activity):
        return " ".join(activity.message_ids.mapped("body"))

    def test_user_sends_an_sms_to_all_clients(self):
        sent = self._send(self.activity.with_user(self.anna).action_gestor_sms())
        self.assertEqual(sent.partner_id, self.boss | self.client_b)
        self.assertEqual(set(sent.mapped("number")), {"+48600100400", "+48600100300"})
        notes = self._get_notes(self.activity)
        self.assertIn("We are on our way", notes)
        self.assertIn("Beta", notes)

    def test_user_sends_an_sms_from_the_list(self):
        other = self._create_activity(partner_id=self.client_a.id)
        lonely = self._create_activity()
        both = (self.activity | other | lonely).with_user(self.anna)
        sent = self._send(both.action_gestor_sms())
        self.assertEqual(len(sent), 3)
        self.assertIn("Alfa", self._get_notes(other))
        self.assertNotIn("Beta", self._get_notes(other))
        self.assertNotIn("on our way", self._get_notes(lonely))

    def test_user_is_told_who_is_left_out(self):
        self._refuse(self.client_b)
        self.client_a.phone = False
        other = self._create_activity(partner_id=self.client_a.id)
        activities = (self.activity | other).with_user(self.anna)
        notice = activities.action_gestor_sms()
        self.assertEqual(notice["tag"], "display_notification")
        message = notice["params"]["message"]
        self.assertIn("withdrew the consent): Beta", message)
        self.assertIn("no phone number): Alfa", message)
        sent = self._send(notice["params"]["next"])
        self.assertEqual(sent.partner_id, self.boss)
        self.assertNotIn("Beta", self._get_notes(self.activity))

    def test_nobody_left_says_so(self):
        self._refuse(self.client_a)
        activity = self._create_activity(partner_id=self.client_a.id)
        with self.assertRaisesRegex(UserError, "withdrew the consent"):
            activity.action_gestor_sms()
        with self.assertRaisesRegex(UserError, "no client"):
            self._create_activity().action_gestor_email()

    def test_user_writes_to_the_clients(self):
        action = self.activity.with_user(self.anna).action_gestor_email()
        composer = self.env["mail.compose.message"].with_user(self.anna)
        form = Form(composer.with_context(**action["context"]))
        form.body = "<p>The documents are ready</p>"
        form.save().action_send_mail()
        message = self.activity.message_ids[0]
        self.assertEqual(message.partner_ids, self.boss | self.client_b)
        self.assertIn("documents are ready", message.body)
        self.assertEqual(message.subject, "Work")

    def test_colleague_does_not_write_for_another(self):
        activity = self.activity.with_user(self.piotr)
        for action in (activity.action_gestor_sms, activity.action_gestor_email):
            with self.assertRaises(AccessError):
                action()
