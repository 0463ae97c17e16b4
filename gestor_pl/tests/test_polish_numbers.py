from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file, formatLang


@tagged("post_install", "-at_install")
class TestPolishNumbers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.polish = cls.env.ref("base.lang_pl")

    def _load_data(self):
        convert_file(self.env, "gestor_pl", "data/res_lang_data.xml", {}, mode="update")

    def test_amounts_are_grouped_by_a_no_break_space(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        env = self.env(context={"lang": "pl_PL"})
        zloty = env.ref("base.PLN")
        self.assertEqual(
            formatLang(env, 1049300.74, currency_obj=zloty),
            "1\xa0049\xa0300,74\xa0zł",
        )
        self.assertEqual(self.polish.format("%.2f", 300.5, grouping=True), "300,50")

    def test_language_activated_later_is_grouped_too(self):
        self.polish.thousands_sep = ""
        self.polish.flush_recordset()
        # the host refuses to switch off a language that somebody uses
        self.env.cr.execute("UPDATE res_lang SET active = false WHERE code = 'pl_PL'")
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        self._load_data()
        self.env["res.lang"]._activate_lang("pl_PL")
        self.assertEqual(self.polish.thousands_sep, "\xa0")

    def test_update_keeps_the_sign_of_an_administrator(self):
        self.polish.thousands_sep = "."
        self._load_data()
        self.assertEqual(self.polish.thousands_sep, ".")
