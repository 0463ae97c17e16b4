from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gestor_templates.tests.import_common import ImportTemplateCase


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportTemplateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm, cls.other = cls.env["res.partner"].create(
            [
                {"name": "Plikowa", "vat": "PL1132191233", "ref": "PLIK-1"},
                {"name": "Druga z pliku", "email": "Druga@Plik.example"},
            ]
        )
        sets = cls.env["gestor.client.set"].with_user(cls.user)
        cls.client_set = sets.create({"name": "Z pliku"})
        action = cls.client_set.action_import()["params"]
        cls.members = sets.env[action["active_model"]].with_context(**action["context"])

    def _load(self, *keys):
        return self.members.load(["client_key"], [[key] for key in keys])

    def test_clients_of_a_set_are_imported_in_each_language(self):
        for lang in ("en_US", "pl_PL"):
            with self.subTest(lang=lang):
                member = self._import_template(
                    self.members._name, lang, default_set_id=self.client_set.id
                )
                self.assertEqual(member.set_id, self.client_set)
                self.assertEqual(member.partner_id, self.firm)

    def test_client_is_known_by_nip_code_email_and_name(self):
        for key, client in (
            ("113-219-12-33", self.firm),
            ("PLIK-1", self.firm),
            ("druga@plik.example", self.other),
            ("Druga z pliku", self.other),
        ):
            with self.subTest(key=key):
                self.assertEqual(self.members._find_clients([key])[key], client)

    def test_file_adds_each_client_once(self):
        result = self._load("PLIK-1", "Druga z pliku", "1132191233")
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"][0], result["ids"][2])
        self.assertEqual(self.client_set._gestor_partners(), self.firm | self.other)

    def test_unknown_client_stops_the_file_and_names_the_row(self):
        self.other.copy({"name": "Druga z pliku"})
        for key in ("Nikt taki", "Druga z pliku"):
            with self.subTest(key=key):
                result = self._load("PLIK-1", key)
                self.assertFalse(result["ids"])
                message = result["messages"][-1]
                self.assertIn(key, message["message"])
                self.assertEqual(message["rows"], {"from": 1, "to": 1})
                self.assertFalse(self.client_set._gestor_partners())

    def test_who_was_left_out_by_hand_is_told(self):
        self.client_set._gestor_exclude(self.firm)
        with self.assertRaisesRegex(UserError, "Plikowa"):
            self.members.create([{"partner_id": self.firm.id}])
        with self.assertRaises(UserError):
            self.members.create([{}])

    def test_sets_of_others_and_dynamic_ones_take_no_file(self):
        theirs = self.env["gestor.client.set"].create(
            {"name": "Cudzy", "visibility": "public"}
        )
        vals = {"set_id": theirs.id, "partner_id": self.firm.id}
        with self.assertRaises(AccessError):
            self.members.create([vals])
        with self.assertRaises(AccessError):
            theirs.with_user(self.user).action_import()
        self.client_set.kind = "dynamic"
        with self.assertRaises(UserError):
            self.members.create([{"partner_id": self.firm.id}])
