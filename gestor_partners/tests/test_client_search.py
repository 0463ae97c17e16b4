from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.gestor_base.models import gestor_search_mixin as model

from .common import GestorPartnersCommon

NIP_SPELLINGS = (
    "5252144764",
    "525-21-44-764",
    "525-214-47-64",
    "525 214 47 64",
    "PL5252144764",
    "pl 525-21-44-764",
    "NIP 525-21-44-764",
    "525.214.47.64",
    " 5252144764 ",
)


@tagged("post_install", "-at_install")
class TestClientSearch(GestorPartnersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._create_client(
            "Zakład Żółwik Źródlany",
            is_company=True,
            ref="ZW-0042",
            email="biuro@zolwik.example.com",
            vat="PL5252144764",
            phone="+48 22 123 45 67",
            city="Łódź",
        )
        cls.person = cls._create_client(
            "Gżegżółka Brzęczysława", phone="601-222-333", email="gb@example.com"
        )
        cls.german = cls._create_client(
            "Zzz Heizung", vat="DE136695976", country_id=cls.germany.id
        )
        cls.clients = cls.company | cls.person | cls.german

    def _find(self, text, user=None):
        partners = self.env["res.partner"].with_user(user or self.reader)
        return partners.search(
            [("gestor_search", "ilike", text), ("id", "in", self.clients.ids)]
        )

    def test_user_finds_by_nip_in_any_spelling(self):
        for text in NIP_SPELLINGS:
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.company)

    def test_user_finds_by_a_part_of_the_nip(self):
        for text in ("525-21", "214476", "44-764"):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.company)

    def test_user_finds_foreign_number_with_and_without_prefix(self):
        for text in ("DE136695976", "de 136 695 976", "136695976"):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.german)

    def test_user_finds_by_parts_of_the_name_in_any_order(self):
        for text in ("żółwik", "ZAKŁAD", "źródl", "zródlany zakład", "wik zak"):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.company)
        self.assertFalse(self._find("żółwik gżegżółka"))

    def test_user_finds_by_code_and_email(self):
        self.assertEqual(self._find("zw-0042"), self.company)
        self.assertEqual(self._find("biuro@zolwik"), self.company)
        self.assertEqual(self._find("@example.com"), self.person)

    def test_user_finds_by_phone_digits(self):
        for text in ("221234567", "+48 22 123-45-67", "(22) 123 45", "0048221234567"):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.company)
        self.assertEqual(self._find("601 222"), self.person)

    def test_empty_text_finds_everybody_and_strange_text_nobody(self):
        self.assertEqual(self._find("  "), self.clients)
        for text in ("no such client", "999999999", "'; --", "\\"):
            with self.subTest(text=text):
                self.assertFalse(self._find(text))

    def test_search_can_be_negated_and_take_several_texts(self):
        partners = self.env["res.partner"]
        ours = [("id", "in", self.clients.ids)]
        self.assertEqual(
            partners.search([("gestor_search", "not ilike", "żółwik")] + ours),
            self.person | self.german,
        )
        self.assertEqual(
            partners.search(
                [("gestor_search", "in", ["525-21-44-764", "601222333"])] + ours
            ),
            self.company | self.person,
        )

    def test_many2one_finds_by_nip_in_any_spelling(self):
        partners = self.env["res.partner"].with_user(self.reader)
        for text in NIP_SPELLINGS:
            with self.subTest(text=text):
                found = [partner_id for partner_id, _name in partners.name_search(text)]
                self.assertIn(self.company.id, found)
        self.assertIn(
            self.company.id, [row[0] for row in partners.name_search("żółwik")]
        )

    def test_many2one_search_still_excludes(self):
        found = self.env["res.partner"].search(
            [
                ("display_name", "not ilike", "5252144764"),
                ("id", "in", self.clients.ids),
            ]
        )
        self.assertEqual(found, self.person | self.german)

    def test_search_of_few_and_of_many_finds_the_same_in_the_same_order(self):
        partners = self.env["res.partner"].with_user(self.reader)
        for field in ("gestor_search", "display_name"):
            for text in ("example.com", "z", "żółwik"):
                domain = [(field, "ilike", text)]
                few = partners.search(domain)
                with (
                    self.subTest(field=field, text=text),
                    patch.object(model, "FEW", 0),
                ):
                    self.assertTrue(few)
                    self.assertEqual(partners.search(domain), few)
                    self.assertEqual(partners.search(domain, limit=1), few[:1])

    def test_search_of_few_leaves_out_archived_and_forbidden_clients(self):
        partners = self.env["res.partner"].with_user(self.reader)
        self.person.active = False
        self.assertFalse(self._find("gżegżółka"))
        self.assertEqual(
            partners.with_context(active_test=False).search(
                [("gestor_search", "ilike", "gżegżółka")]
            ),
            self.person,
        )
        self.company.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self._find("żółwik"))

    def test_search_is_two_queries_for_any_text(self):
        partners = self.env["res.partner"].with_user(self.reader)
        partners.search([("gestor_search", "ilike", "z")])  # warms the caches
        for text in ("żółwik źródlany", "525-21-44-764", "+48 22 123"):
            with self.subTest(text=text), self.assertQueryCount(2):
                partners.search_fetch(
                    [("gestor_search", "ilike", text)], ["complete_name"]
                )

    def test_every_searched_column_has_a_trigram_index(self):
        """One column without it makes the search box read the whole table."""
        self.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'res_partner'"
            " AND indexdef LIKE '%gin_trgm_ops%'"
        )
        definitions = " ".join(row[0] for row in self.cr.fetchall())
        partners = self.env["res.partner"]
        for column in (
            *partners._rec_names_search,
            "gestor_nip",
            "gestor_phone_digits",
            "gestor_former_names",
        ):
            with self.subTest(column=column):
                self.assertRegex(definitions, rf"\W{column}\W")
