from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GestorPartnersCommon


@tagged("post_install", "-at_install")
class TestClientNip(GestorPartnersCommon):
    def test_nip_is_kept_without_separators_and_prefix(self):
        clients = self.env["res.partner"].create(
            [
                {"name": name, "vat": vat, "country_id": country}
                for name, vat, country in (
                    ("Dashes", "525-21-44-764", False),
                    ("Spaces", "525 214 47 64", self.poland.id),
                    ("Prefix", "PL5252144764", self.poland.id),
                    ("German", "DE136695976", self.germany.id),
                    ("None", "/", False),
                    ("Empty", False, False),
                )
            ]
        )
        self.assertEqual(
            clients.mapped("gestor_nip"),
            ["5252144764", "5252144764", "5252144764", "DE136695976", False, False],
        )

    def test_wrong_check_digit_of_a_polish_client_is_refused(self):
        with self.assertRaises(ValidationError):
            self._create_client(vat="5252144768", country_id=self.poland.id)
        client = self._create_client(vat="5252144764", country_id=self.poland.id)
        with self.assertRaises(ValidationError):
            client.vat = "PL5252144768"

    def test_ten_zeros_are_refused(self):
        for vat in ("0000000000", "PL0000000000", "000-000-00-00"):
            with self.subTest(vat=vat), self.assertRaises(ValidationError):
                self._create_client(vat=vat, country_id=self.poland.id)

    def test_number_without_country_is_kept_with_a_warning(self):
        client = self._create_client(vat="5252144768")
        self.assertEqual(client.gestor_nip, "5252144768")
        self.assertTrue(client.gestor_is_nip_doubtful)
        client.vat = "5252144764"
        self.assertFalse(client.gestor_is_nip_doubtful)

    def test_import_may_ask_not_to_be_checked_and_the_warning_stays(self):
        clients = self.env["res.partner"].with_context(no_vat_validation=True)
        client = clients.create(
            {"name": "X", "vat": "5252144768", "country_id": self.poland.id}
        )
        self.assertTrue(client.gestor_is_nip_doubtful)

    def test_import_of_a_file_names_the_row_with_the_wrong_number(self):
        result = self.env["res.partner"].load(
            ["name", "vat", "country_id/.id"],
            [
                ["Right", "5252144764", str(self.poland.id)],
                ["Wrong", "5252144768", str(self.poland.id)],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertIn("5252144768", str(result["messages"]))

    def test_contact_person_has_the_nip_of_its_firm(self):
        firm = self._create_client("Firm", is_company=True, vat="5252144764")
        person = self._create_client("Person", parent_id=firm.id)
        self.assertEqual(person.gestor_nip, "5252144764")

    def test_form_warns_before_saving(self):
        with self._client_form(self.editor) as form:
            form.name = "New one"
            form.vat = "525-21-44-768"
            self.assertTrue(form.gestor_is_nip_doubtful)
            form.vat = "525-21-44-764"
            self.assertFalse(form.gestor_is_nip_doubtful)
