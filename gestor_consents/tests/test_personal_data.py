import base64
import io
import json
import zipfile

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GestorConsentsCommon


@tagged("post_install", "-at_install")
class TestPersonalData(GestorConsentsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consents._gestor_record(
            cls.anna, cls.newsletter, "given", "web", evidence={"ip": "203.0.113.7"}
        )
        cls.anna.message_post(body="Called about the boiler")
        cls.contact = cls._create_client("Ola Alfa", parent_id=cls.anna.id)
        cls.env["ir.attachment"].create(
            {
                "name": "../plan.txt",
                "raw": b"plan of the house",
                "res_model": "res.partner",
                "res_id": cls.anna.id,
            }
        )

    def _export(self, user=None):
        wizard = self.env["gestor.person.export"].with_user(user or self.admin)
        wizard = wizard.create({"partner_id": self.anna.id})
        wizard.action_export()
        content = io.BytesIO(base64.b64decode(wizard.content))
        return zipfile.ZipFile(content)

    def _anonymise(self, note="Letter of 1 March"):
        wizard = self.env["gestor.person.anonymise"].with_user(self.admin)
        wizard = wizard.create({"partner_id": self.anna.id, "note": note})
        return wizard.action_anonymise()

    def _get_logs(self):
        return self.env["privacy.log"].search([("user_id", "=", self.admin.id)])

    def _post_invoice(self):
        account = self.env["account.account"].search(
            [("account_type", "=", "income")], limit=1
        )
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.anna.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "price_unit": 10,
                            "account_id": account.id,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        move.action_post()

    def test_administrator_hands_over_all_data(self):
        archive = self._export()
        names = archive.namelist()
        data = json.loads(archive.read("data.json"))
        people = {row["name"] for row in data["res.partner"]}
        self.assertEqual(people, {"Anna Alfa", "Ola Alfa"})
        self.assertEqual(data["gestor.consent"][0]["state"], "given")
        self.assertEqual(data["gestor.consent.log"][0]["ip"], "203.0.113.7")
        bodies = " ".join(row.get("body", "") for row in data["mail.message"])
        self.assertIn("Called about the boiler", bodies)
        files = [name for name in names if name.startswith("files/")]
        self.assertIn(b"plan of the house", [archive.read(name) for name in files])
        self.assertFalse([name for name in names if "/../" in name])
        self.assertIn("Anna Alfa", archive.read("index.html").decode())
        self.assertNotIn(self.jan.name, archive.read("data.json").decode())
        self.assertEqual(len(self._get_logs()), 1)
        self.assertNotIn("Anna", self._get_logs().anonymized_name)

    def test_others_hand_over_nothing(self):
        for user in (self.reader, self.editor):
            with self.assertRaises(AccessError):
                self._export(user)
            with self.assertRaises(AccessError):
                self.env["gestor.personal.data"].with_user(user)._gestor_export(
                    self.anna
                )
            with self.assertRaises(AccessError):
                self.env["gestor.personal.data"].with_user(user)._gestor_anonymise(
                    self.anna
                )

    def test_anonymous_client_keeps_the_evidence_only(self):
        link = self.anna._gestor_consent_links()[self.anna.id]
        before = self._get_log(self.anna)
        seal = before.evidence_hash
        action = self._anonymise()
        self.assertEqual(action["res_model"], "privacy.lookup.wizard.line")
        self.env.invalidate_all()
        for person in self.anna | self.contact:
            self.assertNotIn("Alfa", person.name)
            self.assertFalse(person.email or person.phone or person.active)
        self.assertFalse(link.exists())
        self.assertFalse(before.ip)
        self.assertEqual(before.evidence_hash, seal)
        self.assertEqual(self.anna.gestor_consent_ids.state, "withdrawn")
        self.assertFalse(
            self.env["ir.attachment"].search([("name", "=", "../plan.txt")])
        )
        messages = self.env["mail.message"].search(
            [("model", "=", "res.partner"), ("res_id", "=", self.anna.id)]
        )
        self.assertNotIn("boiler", " ".join(messages.mapped("body")))
        log = self._get_logs()
        self.assertEqual(log.additional_note, "Letter of 1 March")

    def test_client_with_a_posted_invoice_stays_and_the_refusal_is_logged(self):
        self._post_invoice()
        action = self._anonymise()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.anna.name, "Anna Alfa")
        self.assertIn("1", self._get_logs().execution_details)

    def test_reason_is_needed(self):
        with self.assertRaises(UserError):
            self._anonymise(note=" ")
