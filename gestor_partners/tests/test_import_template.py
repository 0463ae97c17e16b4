from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.gestor_templates.tests.import_common import ImportTemplateCase


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportTemplateCase):
    groups = "base.group_partner_manager"

    def test_clients_are_imported_in_each_language(self):
        for lang, name in (
            ("en_US", "Example Ltd"),
            ("pl_PL", "Przykład Sp. z o.o."),
        ):
            with self.subTest(lang=lang):
                client = self._import_template("res.partner", lang)
                self.assertEqual(client.name, name)
                self.assertTrue(client.is_company)
                self.assertEqual(client.vat, "PL1234563218")
                self.assertEqual(client.country_id, self.env.ref("base.pl"))
                self.assertEqual((client.zip, client.city), ("00-001", "Warszawa"))

    @mute_logger("odoo.http")
    def test_employee_without_rights_gets_no_template(self):
        new_test_user(self.env, login="template_plain", groups="base.group_user")
        self.authenticate("template_plain", "template_plain")
        answer = self.url_open("/gestor_templates/import_template/res.partner")
        self.assertEqual(answer.status_code, 403)

    @mute_logger("odoo.http")
    def test_other_models_have_no_template(self):
        self.authenticate("template_user", "template_user")
        for model in ("res.users.log", "no.such.model"):
            answer = self.url_open(f"/gestor_templates/import_template/{model}")
            self.assertEqual(answer.status_code, 404)
