from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorConsentsCommon
from .smtp import open_mailbox


@tagged("post_install", "-at_install")
class TestAsk(GestorConsentsCommon):
    def _ask(self, user=None, clients=None):
        clients = clients or self.anna | self.jan
        wizard = (
            self.env["gestor.consent.ask"]
            .with_user(user or self.editor)
            .with_context(active_model="res.partner", active_ids=clients.ids)
            .create({})
        )
        wizard.action_ask()
        return wizard

    def test_editor_asks_and_each_client_gets_his_own_link(self):
        self._ask()
        with open_mailbox(self.env) as mailbox:
            self.env["mail.mail"].process_email_queue()
        links = (self.anna | self.jan)._gestor_consent_links()
        bodies = {
            to[0]: message.get_body(("html",)).get_content()
            for to, message in mailbox.messages
        }
        self.assertIn(links[self.anna.id]._get_url(), bodies["anna@alfa.example"])
        self.assertIn(links[self.jan.id]._get_url(), bodies["jan@beta.example"])
        self.assertNotIn(links[self.jan.id].token, bodies["anna@alfa.example"])
        self.assertEqual(
            self.anna.gestor_consent_ids.type_id, self.newsletter | self.calls
        )
        self.assertEqual(set(self.anna.gestor_consent_ids.mapped("state")), {"waiting"})
        self.assertEqual(self._get_log(self.anna).source, "asked")

    def test_who_has_said_no_is_not_asked_again(self):
        self._record(self.jan, self.newsletter | self.calls, "refused")
        wizard = self._ask()
        self.assertIn("Jan Beta", wizard.left_out)
        self.assertNotIn("Anna Alfa", wizard.left_out)
        self.assertEqual(set(self.jan.gestor_consent_ids.mapped("state")), {"refused"})

    def test_asking_does_not_take_back_what_was_given(self):
        self._record(self.anna, self.newsletter)
        self._ask()
        states = {c.type_id: c.state for c in self.anna.gestor_consent_ids}
        self.assertEqual(states, {self.newsletter: "given", self.calls: "waiting"})

    def test_nobody_to_ask_gets_a_message(self):
        self.anna.email = False
        with self.assertRaises(UserError):
            self._ask(clients=self.anna)

    def test_reader_asks_nobody(self):
        with self.assertRaises(AccessError):
            self._ask(self.reader)
