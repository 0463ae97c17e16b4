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

    def _edit(self, document, **values):
        """Return the own fields that a form is told after an edit, if it is told."""
        spec = {
            name: {"fields": {"display_name": {}}} if name == "partner_id" else {}
            for name in ("name", "is_urgent", "partner_id", "gestor_properties")
        }
        names = [name for name in values if name != "gestor_properties"]
        told = document.onchange(values, names, spec)["value"].get("gestor_properties")
        return told and {one["name"]: one["value"] for one in told}

    def test_form_gets_a_conditional_field_while_it_is_edited(self):
        always = self._create_field("Note")
        urgent = self._create_field("Reason", condition="[('is_urgent', '=', True)]")
        paper = self.papers[0].with_user(self.anna)
        paper.gestor_properties = {always.code: "kept"}
        self.assertEqual(
            self._edit(paper, is_urgent=True),
            {always.code: "kept", urgent.code: False},
        )
        self.assertFalse(self._edit(paper, name="Other"))

    def test_conditional_field_that_comes_back_has_its_stored_value(self):
        self._create_field("Note")
        urgent = self._create_field("Reason", condition="[('is_urgent', '=', True)]")
        paper = self.papers[0].with_user(self.anna)
        paper.write({"is_urgent": True, "gestor_properties": {urgent.code: "fire"}})
        told = self._edit(paper, is_urgent=False)
        self.assertNotIn(urgent.code, told)
        shown = [{"name": name, "value": value} for name, value in told.items()]
        back = self._edit(paper, is_urgent=True, gestor_properties=shown)
        self.assertEqual(back[urgent.code], "fire")

    def test_new_document_gets_the_default_of_a_conditional_field(self):
        urgent = self._create_field(
            "Reason", condition="[('is_urgent', '=', True)]", default_text="usual"
        )
        new = self.env["test.gestor.document"].with_user(self.anna)
        told = self._edit(new, is_urgent=True, gestor_properties=[])
        self.assertEqual(told, {urgent.code: "usual"})

    def test_conditional_field_follows_the_client_that_is_chosen(self):
        firm = self._create_field(
            "Contract", condition="[('partner_id.is_company', '=', True)]"
        )
        client = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        paper = self.papers[0].with_user(self.anna)
        self.assertIn(firm.code, self._edit(paper, partner_id=client.id))

    def test_form_asks_only_about_fields_that_decide(self):
        def get_asking():
            form = self._get_view("form")
            nodes = form.iterfind(".//field[@on_change='1']")
            return {node.get("name") for node in nodes}

        self._create_field("Note")
        before = get_asking()
        self._create_field("Reason", condition="[('name', '=', 'Urgent')]")
        self.assertEqual(get_asking() - before, {"name"})

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
