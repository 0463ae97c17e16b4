from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "headers": True}


@tagged("post_install", "-at_install")
class TestImportTemplates(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        groups = (
            "gestor_base.gestor_base_group_user,base.group_partner_manager,"
            "product.group_product_manager"
        )
        cls.user = new_test_user(cls.env, login="template_user", groups=groups)

    def _import(self, model, lang):
        """Download the template of a model and import it without a hand."""
        self.user.lang = lang
        records = self.env[model].with_user(self.user).with_context(lang=lang)
        template = records.get_import_templates()[0]["template"]
        self.authenticate("template_user", "template_user")
        answer = self.url_open(template)
        self.assertEqual(answer.headers["Content-Type"], MIME)
        job = records.env["base_import.import"].create(
            {
                "res_model": model,
                "file": answer.content,
                "file_name": "a.xlsx",
                "file_type": MIME,
            }
        )
        preview = job.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        matched = preview["matches"]
        headings = preview["headers"]
        paths = [matched[place][0] for place in range(len(headings))]
        self.assertEqual(paths, list(records._get_gestor_import_example()))
        done = job.execute_import(paths, headings, preview["options"])
        self.assertFalse(done["messages"])
        return records.browse(done["ids"])

    def test_clients_are_imported_in_each_language(self):
        for lang, name in (
            ("en_US", "Example Ltd"),
            ("pl_PL", "Przykład Sp. z o.o."),
        ):
            with self.subTest(lang=lang):
                client = self._import("res.partner", lang)
                self.assertEqual(client.name, name)
                self.assertTrue(client.is_company)
                self.assertEqual(client.vat, "PL1234563218")
                self.assertEqual(client.country_id, self.env.ref("base.pl"))
                self.assertEqual((client.zip, client.city), ("00-001", "Warszawa"))

    def test_goods_are_imported_in_each_language(self):
        for lang in ("en_US", "pl_PL"):
            with self.subTest(lang=lang):
                goods = self._import("product.template", lang)
                self.assertEqual(goods.default_code, "TOWAR-1")
                self.assertEqual(goods.list_price, 129.5)
                goods.sudo().unlink()

    @mute_logger("odoo.http")
    def test_employee_without_rights_gets_no_template(self):
        new_test_user(self.env, login="template_plain", groups="base.group_user")
        self.authenticate("template_plain", "template_plain")
        answer = self.url_open("/gestor_epp/import_template/res.partner")
        self.assertEqual(answer.status_code, 403)

    @mute_logger("odoo.http")
    def test_other_models_have_no_template(self):
        self.authenticate("template_user", "template_user")
        for model in ("res.users.log", "no.such.model"):
            answer = self.url_open(f"/gestor_epp/import_template/{model}")
            self.assertEqual(answer.status_code, 404)
