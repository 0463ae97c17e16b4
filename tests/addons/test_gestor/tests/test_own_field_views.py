from lxml import etree

from odoo.tests import Form, tagged

from .own_fields_common import TestOwnFieldsCommon

PATH = ".//field[@name='gestor_properties']"


@tagged("post_install", "-at_install")
class TestOwnFieldViews(TestOwnFieldsCommon):
    def _get_view(self, view_type):
        view = self.env["test.gestor.document"].get_view(view_type=view_type)
        return etree.fromstring(view["arch"])

    def test_views_show_own_fields_as_soon_as_there_are_some(self):
        for view_type in ("form", "list", "search"):
            self.assertIsNone(self._get_view(view_type).find(PATH))
        field = self._create_field("Note")
        for view_type in ("form", "list", "search"):
            with self.subTest(view_type=view_type):
                self.assertIsNotNone(self._get_view(view_type).find(PATH))
        group = self._get_view("search").find(".//filter[@name='gestor_properties']")
        self.assertIn("group_by", group.get("context"))
        field.active = False
        self.assertIsNone(self._get_view("form").find(PATH))

    def test_new_document_in_a_form_has_the_defaults(self):
        field = self._create_field("Note", default_text="usual")
        form = Form(self.env["test.gestor.document"])
        values = {one["name"]: one.get("value") for one in form.gestor_properties}
        self.assertEqual(values, {field.code: "usual"})
        form.name = "Paper"
        self.assertEqual(form.save().gestor_properties[field.code], "usual")

    def test_search_gets_the_definitions_that_the_user_may_see(self):
        other = self.env["res.company"].create({"name": "Other"})
        field = self._create_field("Note")
        self._create_field("Foreign", company_id=other.id)
        registry = self.env["properties.base.definition"].with_user(self.anna)
        answer = registry.get_properties_base_definition(
            "test.gestor.document", "gestor_properties"
        )
        definitions = answer["records"][0]["properties_definition"]
        self.assertEqual([one["name"] for one in definitions], [field.code])

    def test_documents_without_own_fields_cost_nothing(self):
        papers = self._create_papers(self.anna, 20)
        for names in (["name"], ["name", "gestor_properties"]):
            papers.invalidate_recordset()
            with self.assertQueryCount(1):
                papers.read(names)
        secrets = self.env["test.gestor.secret"]
        secrets.create({"name": "Warm"}).flush_recordset()
        with self.assertQueryCount(1):
            secrets.create(
                [{"name": f"Secret {number}"} for number in range(20)]
            ).flush_recordset()

    def test_list_costs_as_many_queries_for_many_documents_as_for_few(self):
        field = self._create_field("Main trade", "dictionary")
        for number in range(9):
            self._create_field(f"Note {number}")
        papers = self._create_papers(
            self.anna, 90, gestor_properties={field.code: self.bakery.id}
        )
        counts = []
        for size in (5, 10, 90):  # the first one fills the caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            papers[:size].with_user(self.anna).read(["name", "gestor_properties"])
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_creation_costs_as_many_queries_for_many_documents_as_for_few(self):
        field = self._create_field("Main trade", "dictionary")
        counts = []
        for size in (5, 10, 90):  # the first one fills the caches
            self.env.flush_all()
            before = self.cr.sql_log_count
            self._create_papers(
                self.anna, size, gestor_properties={field.code: self.bakery.id}
            ).flush_recordset(["gestor_properties"])
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 5)
