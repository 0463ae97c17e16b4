from odoo.tests import tagged

from odoo.addons.gestor_fields.tests.fields_common import OwnFieldsCommon

from .texts_common import TestTextsCommon


@tagged("post_install", "-at_install")
class TestOwnFieldTexts(OwnFieldsCommon, TestTextsCommon):
    documents_model = "test.gestor.document"

    def test_own_values_stand_in_texts_under_the_name_of_the_field(self):
        trade = self._create_field("Main trade", "dictionary")
        budget = self._create_field("Budget", "monetary")
        self.first.gestor_properties = {
            trade.code: self.bakery.id,
            budget.code: 1250,
        }
        text = self._render("<p>{{Main trade}}: {{Budget}}</p>", self.first)[0]
        self.assertIn("Bakery: 1", text)
        self.assertIn("250", text)
        trade.name = "Line"
        self.assertEqual(self._render("<p>{{Line}}</p>", self.first), ["<p>Bakery</p>"])

    def test_own_values_of_the_client_stand_in_texts_about_his_documents(self):
        trade = self._create_field("Client trade", model="res.partner")
        self.first.partner_id.gestor_properties = {trade.code: "<Bread>"}
        self.assertEqual(
            self._render("<p>{{Client trade}}</p>", self.first),
            ["<p>&lt;Bread&gt;</p>"],
        )

    def test_deleted_field_takes_its_placeholder_along(self):
        field = self._create_field("Gone")
        autotexts = self.env["gestor.autotext"].with_context(active_test=False)
        placeholder = autotexts.search([("code", "=", field.code)])
        self.assertEqual(placeholder.name, "Gone")
        field.active = False
        self.assertFalse(placeholder.active)
        field.unlink()
        self.assertFalse(placeholder.exists())

    def test_field_older_than_the_placeholders_gets_its_own(self):
        old = self._create_field("Old trade")
        kept = self._create_field("Kept trade")._get_autotexts()
        old._get_autotexts().unlink()
        old._complete_autotexts()
        self.assertEqual(old._get_autotexts().name, "Old trade")
        old._complete_autotexts()
        self.assertEqual(len(old._get_autotexts()), 1)
        self.assertTrue(kept.exists())
