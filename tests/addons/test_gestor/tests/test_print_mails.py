from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .test_prints import PrintsCommon


@tagged("post_install", "-at_install")
class TestPrintMails(MailCase, PrintsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usual = cls._create_pattern("<p>Usual</p>", is_default=True)
        cls.clients[0].email = "laka@example.com"
        cls.clients[1].email = "meadow@example.com"
        cls.mine = cls.papers.with_user(cls.anna)

    @classmethod
    def _create_setting(cls, client, **vals):
        return cls.env["gestor.print.setting"].create(
            {"partner_id": client.id, "model_id": cls.usual.model_id.id, **vals}
        )

    def _send_from_menu(self, documents):
        action = self.env.ref(
            "gestor_texts.gestor_mail_print_test_gestor_document_action"
        )
        return (
            action.with_user(self.anna)
            .sudo(False)
            .with_context(active_model=documents._name, active_ids=documents.ids)
            .run()
        )

    def _compose(self, document):
        context = self._send_from_menu(document)["context"]
        return (
            self.env["mail.compose.message"]
            .with_user(self.anna)
            .with_context(**context)
            .create({})
        )

    def test_composer_has_the_print_and_the_client_in_his_language(self):
        self.usual.with_context(lang="pl_PL").name = "Własny wydruk"
        self._create_setting(
            self.clients[0], pattern_id=self.usual.id, copies=3, is_mailed=True
        )
        composer = self._compose(self.mine[0])
        self.assertEqual(composer.partner_ids, self.clients[0])
        self.assertEqual(composer.subject, f"Własny wydruk: {self.first.name}")
        self.assertIn("W załączeniu przesyłamy", composer.body)
        file = composer.attachment_ids
        self.assertTrue(file.name.startswith(f"Własny wydruk {self.first.name}."))
        self.assertEqual(file.raw.decode().count("Usual"), 1)
        with self.mock_mail_gateway():
            composer._action_send_mail()
        self.assertEqual(self._new_mails.recipient_ids, self.clients[0])
        self.assertEqual(self.first.message_ids[0].attachment_ids.res_id, self.first.id)
        self.assertIn(
            "Please find the document attached.", self._compose(self.mine[1]).body
        )

    def test_of_several_only_those_who_want_e_mails_get_them(self):
        own = self._create_pattern("<p>Own</p>")
        self._create_setting(self.clients[0], pattern_id=own.id, is_mailed=True)
        self._create_setting(self.clients[1])
        with self.mock_mail_gateway():
            notice = self._send_from_menu(self.papers)["params"]
        self.assertEqual(len(self._new_mails), 1)
        self.assertEqual(self._new_mails.recipient_ids, self.clients[0])
        message = self.first.message_ids[0]
        self.assertIn("Own", message.attachment_ids.raw.decode())
        self.assertIn(self.second.name, notice["message"])
        self.assertNotIn(self.first.name, notice["message"])

    def test_client_without_an_address_is_named_and_the_rest_is_sent(self):
        for client in self.clients:
            self._create_setting(client, is_mailed=True, pattern_id=self.usual.id)
        self.clients[0].email = False
        with self.mock_mail_gateway():
            notice = self._send_from_menu(self.papers)["params"]
        self.assertEqual(self._new_mails.recipient_ids, self.clients[1])
        self.assertEqual(notice["type"], "warning")
        self.assertIn(self.first.name, notice["message"])

    def test_documents_without_any_print_say_so(self):
        self.usual.is_default = False
        with self.assertRaises(UserError):
            self._send_from_menu(self.first)

    def test_outsider_does_not_send(self):
        employee = self._create_user("employee", "base.group_user")
        action = self.env.ref(
            "gestor_texts.gestor_mail_print_test_gestor_document_action"
        )
        with self.assertRaises(AccessError):
            action.with_user(employee).with_context(
                active_model=self.first._name, active_ids=self.first.ids
            ).run()

    def test_menu_has_one_entry_in_the_users_language(self):
        self._create_pattern()
        actions = self.env["ir.actions.server"].search(
            [
                ("code", "like", "action_gestor_mail_print"),
                ("model_name", "=", self.first._name),
            ]
        )
        self.assertEqual(len(actions), 1)
        self.assertEqual(
            actions.with_context(lang="pl_PL").name, "Wyślij wydruk e-mailem"
        )
