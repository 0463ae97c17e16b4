from odoo.tests import tagged

from odoo.addons.gestor_templates.tests.import_common import ImportTemplateCase


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportTemplateCase):
    groups = "gestor_offers.gestor_offers_group_own"

    def test_processes_are_imported_in_each_language(self):
        client = self.env["res.partner"].create(
            {"name": "Najnowszy Klient Szablonu", "is_company": True}
        )
        for lang in ("en_US", "pl_PL"):
            with self.subTest(lang=lang):
                process = self._import_template(
                    "crm.lead", lang, default_type="opportunity"
                )
                self.assertEqual(process.type, "opportunity")
                self.assertEqual(process.partner_id, client)
                self.assertEqual(process.expected_revenue, 12500)
                self.assertTrue(process.date_deadline)
