from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gestor_base.models import gestor_search

from .common import TestGestorCommon


@tagged("post_install", "-at_install")
class TestSearch(TestGestorCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper = cls._create_papers(cls.anna, name="Kwit 100% ok")
        cls.hidden = cls._create_secret(cls.bolek, name="Kwit tajny")

    def _search(self, text, user=None):
        search = self.env["gestor.search"].with_user(user or self.anna)
        return search.search_everywhere(text)

    def _titles(self, text, user=None):
        return [hit["title"] for hit in self._search(text, user)]

    def test_model_of_an_outside_developer_is_found(self):
        self.assertEqual(
            self._search("kwit 100"),
            [
                {
                    "model": "test.gestor.document",
                    "id": self.paper.id,
                    "title": "Kwit 100% ok",
                    "subtitle": "Paper",
                    "icon": "fa-file-o",
                    "action": False,
                }
            ],
        )

    def test_user_finds_what_he_may_read_only(self):
        self.assertEqual(self._titles("kwit"), ["Kwit 100% ok"])
        self.assertEqual(
            self._titles("kwit", self.bolek), ["Kwit 100% ok", "Kwit tajny"]
        )

    def test_strange_texts_find_nothing_and_break_nothing(self):
        for text in ("", " ", "kw", None, False, "'; --", "\\", "%", "__"):
            with self.subTest(text=text):
                self.assertNotIn("Kwit tajny", self._titles(text))
        self.assertFalse(self._search("żaden taki"))
        self.assertEqual(self._titles("  kwit   100% \n ok "), ["Kwit 100% ok"])

    def test_text_is_cut_at_a_hundred_characters(self):
        long_name = "Kwit " + "x" * 95
        self._create_papers(self.anna, name=long_name)
        self.assertEqual(self._titles(long_name + "y" * 10_000), [long_name])

    def test_exact_name_comes_before_newer_ones_and_wildcards_mean_themselves(self):
        exact = self._create_papers(self.anna, name="A_1")
        for number in range(6):
            self._create_papers(self.anna, name=f"A_1{number}")
        self._create_papers(self.anna, name="AX1")
        hits = self._search("a_1")
        self.assertEqual(hits[0]["id"], exact.id)
        self.assertEqual(len(hits), gestor_search.HITS_PER_KIND)

    def test_employee_outside_gestor_is_refused(self):
        employee = self._create_user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self._search("kwit", employee)

    def test_kinds_are_those_the_user_may_read(self):
        kinds = self.env["gestor.search"].with_user(self.anna)._get_kinds()
        self.assertIn({"model": "test.gestor.document", "label": "Papers"}, kinds)
        with patch.object(
            type(self.env["test.gestor.document"]), "has_access", return_value=False
        ):
            names = [
                kind["model"]
                for kind in self.env["gestor.search"].with_user(self.anna)._get_kinds()
            ]
        self.assertNotIn("test.gestor.document", names)

    def test_number_of_queries_does_not_depend_on_the_hits(self):
        self._search("kwit")  # fills the caches
        self._create_papers(self.anna, 5, name="Wiele")
        self._create_papers(self.anna, 1, name="Jeden")
        counts = []
        for text in ("jeden", "wiele"):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._search(text)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
