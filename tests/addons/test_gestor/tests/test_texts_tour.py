from odoo import Command
from odoo.tests import HttpCase, tagged

from .texts_common import TestTextsCommon


@tagged("post_install", "-at_install")
class TestTextsTour(TestTextsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user("boss", "gestor_base.gestor_base_group_manager")
        (cls.anna + cls.boss).lang = "en_US"
        # the preview begins with the newest document
        cls.newest = cls._create_papers(cls.anna, partner_id=cls.clients[1].id)

    def test_user_writes_a_text_and_looks_how_it_comes_out(self):
        self.start_tour(
            "/odoo/gestor-texts/new", "test_gestor_text", login=self.anna.login
        )
        template = self.env["gestor.text.template"].search([("name", "=", "Thanks")])
        self.assertEqual(template.create_uid, self.anna)
        texts = template.with_user(self.anna)._gestor_render(
            self.second.with_user(self.anna)
        )
        for words in ("Dear", "Meadow &amp; Sons"):
            self.assertIn(words, texts[self.second.id])

    def test_manager_makes_a_print_with_a_table_of_lines(self):
        self.start_tour(
            "/odoo/gestor-prints/new", "test_gestor_print", login=self.boss.login
        )
        pattern = self.env["gestor.print.pattern"].search([("name", "=", "Card")])
        self.second.line_ids = [Command.create({"name": "Oak beam"})]
        reports = self.env["ir.actions.report"].with_user(self.anna)
        html, _kind = reports._render_qweb_html(
            pattern.report_id.sudo(), self.second.ids
        )
        printed = html.decode()
        for words in ("Meadow &amp; Sons", "Goods", "Oak beam"):
            with self.subTest(words=words):
                self.assertIn(words, printed)
