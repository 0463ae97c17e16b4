from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorConsentsCommon
from .smtp import open_mailbox, open_sms_gateway


@tagged("post_install", "-at_install")
class TestBulk(GestorConsentsCommon):
    """Bulk mail and SMS leave the house only for those who have agreed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ewa = cls._create_client(
            "Ewa Gamma", email="ewa@gamma.example", phone="+48 603 100 200"
        )
        cls.clients = cls.anna | cls.jan | cls.ewa
        cls._record(cls.anna, cls.newsletter | cls.calls)
        cls._record(cls.jan, cls.newsletter | cls.calls, "refused")

    def _send(self, clients=None, user=None, **vals):
        clients = clients or self.clients
        composer = self.env["mail.compose.message"].with_user(user or self.editor)
        composer = composer.create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": repr(clients.ids),
                "subject": "Spring offer",
                "body": "<p>Come and see</p>",
                **vals,
            }
        )
        with open_mailbox(self.env) as mailbox, mute_logger("odoo.addons.mail"):
            action = composer.action_send_mail()
        return mailbox, action

    def _get_exclusions(self):
        return {
            (row.partner_id, row.channel, row.reason)
            for row in self.env["gestor.consent.exclusion"].search([])
            if row.partner_id in self.clients
        }

    def test_mail_reaches_only_who_has_agreed(self):
        mailbox, action = self._send()
        self.assertEqual(mailbox.recipients, ["anna@alfa.example"])
        self.assertEqual(
            self._get_exclusions(),
            {(self.jan, "email", "refused"), (self.ewa, "email", "missing")},
        )
        self.assertIn("2", action["params"]["message"])

    def test_client_in_the_mail_finds_the_way_out(self):
        mailbox, _action = self._send()
        message = mailbox.messages[0][1]
        link = self.anna._gestor_consent_links()[self.anna.id]
        self.assertIn(link._get_url("/unsubscribe"), message["List-Unsubscribe"])
        self.assertIn("One-Click", message["List-Unsubscribe-Post"])
        body = message.get_body(("html",)).get_content()
        self.assertIn(link._get_url(), body)

    def test_exclusion_list_switched_off_sends_no_marketing_either(self):
        mailbox, _action = self._send(use_exclusion_list=False)
        self.assertEqual(mailbox.recipients, ["anna@alfa.example"])

    def test_message_about_a_contract_reaches_everybody(self):
        mailbox, _action = self._send(gestor_is_marketing=False)
        self.assertEqual(len(mailbox.recipients), 3)
        self.assertFalse(self._get_exclusions())
        self.assertNotIn("List-Unsubscribe", mailbox.messages[0][1])

    def test_without_a_marketing_type_bulk_mail_works_as_before(self):
        (self.newsletter | self.calls).active = False
        mailbox, _action = self._send()
        self.assertEqual(len(mailbox.recipients), 3)

    def test_client_with_the_same_text_is_not_a_duplicate_of_who_was_left_out(self):
        twin = self._create_client("Twin", email=self.jan.email)
        self._record(twin, self.newsletter)
        mailbox, _action = self._send(self.jan | twin)
        self.assertEqual(mailbox.recipients, ["jan@beta.example"])

    def test_composer_counts_who_will_be_left_out(self):
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": repr(self.clients.ids),
            }
        )
        self.assertTrue(composer.gestor_is_marketing)
        self.assertEqual(composer.gestor_left_out_count, 2)

    def test_sms_reaches_only_who_has_agreed(self):
        composer = (
            self.env["sms.composer"]
            .with_user(self.editor)
            .create(
                {
                    "composition_mode": "mass",
                    "res_model": "res.partner",
                    "res_ids": repr(self.clients.ids),
                    "body": "Come and see",
                    "mass_force_send": True,
                }
            )
        )
        with open_sms_gateway() as numbers:
            composer.action_send_sms()
        self.assertEqual(numbers, [self.anna.phone_sanitized])
        self.assertEqual(
            self._get_exclusions(),
            {(self.jan, "sms", "refused"), (self.ewa, "sms", "missing")},
        )

    def test_others_are_told_who_must_be_left_out(self):
        self._record(self.anna, self.newsletter)
        clients = self.anna | self.jan
        refused = clients._gestor_contact_refusals("email")
        self.assertEqual(list(refused), self.jan.ids)
        self.assertTrue(refused[self.jan.id])
        self.assertFalse(clients._gestor_contact_refusals("email", "business"))

    def test_mail_to_an_address_is_judged_by_the_client_behind_it(self):
        composer = self.env["mail.compose.message"].create(
            {"composition_mode": "mass_mail", "model": "res.partner"}
        )
        composer.model = "res.company"
        values = {1: {"email_to": "jan@beta.example"}, 2: {"email_to": "x@y.example"}}
        composer.gestor_is_marketing = True
        self.assertEqual(set(composer._get_gestor_refused(values)), {1})

    def test_number_of_queries_of_the_check_does_not_grow(self):
        clients = self.env["res.partner"].create(
            [{"name": f"C{n}", "email": f"c{n}@x.example"} for n in range(90)]
        )
        composer = self.env["mail.compose.message"].create(
            {"composition_mode": "mass_mail", "model": "res.partner"}
        )
        counts = []
        for some in (clients[:10], clients):
            values = {
                client.id: {"recipient_ids": [Command.link(client.id)]}
                for client in some
            }
            composer._get_gestor_refused(values)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            refused = composer._get_gestor_refused(values)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(refused), len(some))
        self.assertEqual(counts[0], counts[1])
