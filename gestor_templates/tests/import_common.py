from odoo.tests import HttpCase, new_test_user

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "headers": True}


class ImportTemplateCase(HttpCase):
    """Imports the ready spreadsheet of a model as a user does who changes nothing."""

    #: who imports, beside being an employee with Gestor
    groups = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        groups = ",".join(
            filter(None, ["gestor_base.gestor_base_group_user", cls.groups])
        )
        cls.user = new_test_user(cls.env, login="template_user", groups=groups)

    def _import_template(self, model, lang, **context):
        """Download the template of a model and import it without a hand.

        :return: the new records, in the user's environment
        """
        self.user.lang = lang
        records = self.env[model].with_user(self.user)
        records = records.with_context(lang=lang, **context)
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
        headings = preview["headers"]
        paths = [preview["matches"][place][0] for place in range(len(headings))]
        self.assertEqual(paths, list(records._get_gestor_import_example()))
        done = job.execute_import(paths, headings, preview["options"])
        self.assertFalse(done["messages"])
        return records.browse(done["ids"])
