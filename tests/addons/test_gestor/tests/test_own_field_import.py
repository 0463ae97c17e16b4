from odoo.tests import tagged

from .own_fields_common import TestOwnFieldsCommon


@tagged("post_install", "-at_install")
class TestOwnFieldImport(TestOwnFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trade = cls._create_field("Main trade", "dictionary")
        cls.note = cls._create_field("Note", is_required=True)
        cls.documents = (
            cls.env["test.gestor.document"]
            .with_user(cls.anna)
            .with_context(default_user_id=cls.anna.id)
        )

    def test_user_imports_and_exports_own_values_by_name(self):
        columns = ["name", self.trade._get_path(), self.note._get_path()]
        rows = [["First", "Bakery", "one"], ["Second", "Farm", "two"]]
        result = self.documents.load(columns, rows)
        self.assertFalse(result["messages"])
        papers = self.documents.browse(result["ids"])
        self.anna.group_ids += self.env.ref("base.group_allow_export")
        self.assertEqual(papers.export_data(columns)["datas"], rows)

    def test_import_without_a_required_value_stores_nothing(self):
        result = self.documents.load(
            ["name", self.note._get_path()], [["First", "one"], ["Second", ""]]
        )
        self.assertFalse(result["ids"])
        self.assertIn("Note", result["messages"][0]["message"])
        self.assertFalse(self.documents.search([("name", "=", "First")]))

    def test_import_with_an_unknown_value_names_the_column(self):
        result = self.documents.load(
            ["name", self.trade._get_path(), self.note._get_path()],
            [["First", "Nonsense", "one"]],
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_import_of_one_value_keeps_the_others(self):
        paper = self.papers[0]
        paper.gestor_properties = {self.note.code: "kept"}
        paper.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "paper",
                "model": paper._name,
                "res_id": paper.id,
            }
        )
        result = self.documents.load(
            ["id", self.trade._get_path()], [["__test__.paper", "Dairy"]]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(
            self._values(paper),
            {self.note.code: "kept", self.trade.code: self.dairy.id},
        )
