from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.queue_job.tests.common import trap_jobs

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

    def _mail_many(self, trap):
        """Send seven papers of two clients from the menu and let the queue work."""
        many = self._create_papers(self.anna, 7)
        for position, paper in enumerate(many):
            paper.partner_id = self.clients[position % 2]
        action = self._send_from_menu(many)
        job = self.env["gestor.job"].browse(action["res_id"])
        self.assertEqual(self.env["mail.message"].search_count(self._posted(many)), 0)
        while trap.enqueued_jobs:
            trap.enqueued_jobs.pop(0).perform()
        self.env.invalidate_all()
        return many, job

    def _posted(self, papers):
        return [
            ("model", "=", papers._name),
            ("res_id", "in", papers.ids),
            ("attachment_ids", "!=", False),
        ]

    def test_many_are_sent_in_the_background_with_a_list_of_results(self):
        self.anna.lang = "en_US"
        self._create_setting(self.clients[0], pattern_id=self.usual.id, is_mailed=True)
        with trap_jobs() as trap, self.mock_mail_gateway():
            many, job = self._mail_many(trap)
        wanted = many.filtered(lambda paper: paper.partner_id == self.clients[0])
        self.assertEqual(self._new_mails.recipient_ids, self.clients[0])
        messages = self.env["mail.message"].search(self._posted(many))
        self.assertEqual(sorted(messages.mapped("res_id")), wanted.ids)
        self.assertEqual(messages.author_id, self.anna.partner_id)
        self.assertRecordValues(
            job, [{"state": "partial", "total_count": 7, "done_count": 4}]
        )
        failed = job.item_ids.filtered(lambda item: item.state == "failed")
        self.assertEqual(
            set(failed.mapped("name")), set((many - wanted).mapped("name"))
        )
        self.assertIn("no address", failed[0].reason)

    def test_failed_ones_are_sent_once_their_clients_want_them(self):
        self._create_setting(self.clients[0], pattern_id=self.usual.id, is_mailed=True)
        with trap_jobs() as trap, self.mock_mail_gateway():
            many, job = self._mail_many(trap)
            self._create_setting(
                self.clients[1], pattern_id=self.usual.id, is_mailed=True
            )
            job.with_user(self.anna).action_retry()
            while trap.enqueued_jobs:
                trap.enqueued_jobs.pop(0).perform()
        self.assertEqual(job.state, "done")
        messages = self.env["mail.message"].search(self._posted(many))
        self.assertEqual(sorted(messages.mapped("res_id")), sorted(many.ids))

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
