from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import GestorConsentsCommon


@tagged("post_install", "-at_install")
class TestScreens(GestorConsentsCommon):
    def test_weakest_user_opens_every_screen(self):
        self._record(self.anna, self.newsletter)
        for model in (
            "gestor.consent",
            "gestor.consent.log",
            "gestor.consent.type",
            "gestor.consent.exclusion",
        ):
            records = self.env[model].with_user(self.reader)
            for kind in ("list", "form", "search"):
                with self.subTest(model=model, kind=kind):
                    self.assertTrue(records.get_view(view_type=kind)["arch"])
        with self._client_form(self.reader, self.anna) as form:
            self.assertEqual(len(form.gestor_consent_ids), 1)

    def test_editor_adds_a_waiting_consent_on_the_client(self):
        # the form of the tests takes lists of clients that have a list of their own,
        # like branches with consents, for many2many fields
        client = self.anna.with_user(self.editor)
        line = Command.create({"type_id": self.calls.id})
        client.web_save({"gestor_consent_ids": [line]}, {})
        self.assertEqual(self.anna.gestor_consent_ids.state, "waiting")

    def test_dialogs_open_with_the_marked_clients(self):
        clients = (self.anna | self.jan).with_user(self.editor)
        context = clients.action_gestor_record_consents()["context"]
        wizard = self.env["gestor.consent.record"].with_user(self.editor)
        with Form(wizard.with_context(**context)) as form:
            self.assertEqual(form.partner_ids[:].ids, clients.ids)
            form.type_ids.add(self.newsletter)

    def test_marketing_type_needs_a_channel(self):
        with self.assertRaises(ValidationError):
            self._create_type("Nothing")
        with Form(self.env["gestor.consent.type"]) as form:
            form.name = "Letters"
            form.is_letter = True
            form.is_marketing = True
