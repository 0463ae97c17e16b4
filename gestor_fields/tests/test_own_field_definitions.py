import doctest

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

from ..lib import own_values, own_views
from .fields_common import OwnFieldsCommon


@tagged("post_install", "-at_install")
class TestOwnFieldDefinitions(OwnFieldsCommon, GestorBaseCommon):
    def test_engines_do_what_their_examples_say(self):
        for engine in (own_values, own_views):
            self.assertFalse(doctest.testmod(engine).failed)

    def test_manager_counts_only_the_values_that_can_be_chosen(self):
        self.farm.active = False
        self.trades.invalidate_recordset()
        self.assertEqual(self.trades.value_count, 2)

    def test_manager_copies_a_dictionary_with_its_values(self):
        copy = self.trades.copy({"name": "Copy"})
        self.assertEqual(copy.value_ids.mapped("name"), ["Bakery", "Dairy", "Farm"])

    def test_manager_deletes_a_dictionary_that_nothing_uses(self):
        self.trades.with_user(self.manager).unlink()
        self.assertFalse((self.bakery | self.farm).exists())

    def test_field_of_a_model_that_is_no_document_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be used with"):
            self._create_field("Wrong", model="res.country")

    def test_administrator_cannot_change_the_registry_past_the_screen(self):
        documents = self.env["gestor.field"]._get_area_names()
        if not documents:
            self.skipTest("no documents are installed")
        self._create_field("Trade", model=documents[0])
        base = self.env[documents[0]]._get_gestor_properties_base()
        admin = self._create_user("admin", "base.group_system")
        with self.assertRaisesRegex(UserError, "Configuration > Own fields"):
            base.with_user(admin).properties_definition = []

    def test_dictionary_of_a_company_is_only_for_its_fields(self):
        documents = self.env["gestor.field"]._get_area_names()
        if not documents:
            self.skipTest("no documents are installed")
        company = self.env.company
        self.trades.company_id = company
        with self.assertRaisesRegex(ValidationError, "belongs to"):
            self._create_field("Shared", "dictionary", model=documents[0])
        self._create_field(
            "Own", "dictionary", model=documents[0], company_id=company.id
        )
        with self.assertRaisesRegex(ValidationError, "belongs to"):
            self.trades.company_id = self.env["res.company"].create({"name": "Other"})
