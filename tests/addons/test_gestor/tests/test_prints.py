import base64
import io

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import html_sanitize
from odoo.tools.pdf import PdfFileReader

from odoo.addons.gestor_texts.lib.autotext_format import Formatter
from odoo.addons.gestor_texts.lib.autotext_reader import PathReader

from .texts_common import TestTextsCommon


class PrintsCommon(TestTextsCommon):
    """What tests of own prints share."""

    @classmethod
    def _create_pattern(
        cls, body="<p>For {{Client name}}</p>{{Table of lines}}", **vals
    ):
        return cls.env["gestor.print.pattern"].create(
            {
                "name": "Own print",
                "model_id": cls._model_id("test.gestor.document").id,
                "body_html": body,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestPrints(PrintsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.line_ids = [
            Command.create({"name": "Beam <b>oak</b>", "quantity": 2, "price": 10.5}),
            Command.create({"name": "Board", "quantity": 7.25, "price": 3}),
        ]
        cls.second.line_ids = [Command.create({"name": "Nail", "quantity": 1})]

    @classmethod
    def _create_table_pattern(cls, **vals):
        columns = [
            {"name": "Goods", "field_path": "name"},
            {"name": "Quantity", "field_path": "quantity", "align": "right"},
            {"name": "Price", "field_path": "price", "format": "amount"},
        ]
        return cls._create_pattern(
            line_path="line_ids",
            column_ids=[Command.create(column) for column in columns],
            **vals,
        )

    def _print_html(self, report, documents, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.anna)
        html, _kind = reports._render_qweb_html(report.sudo(), documents.ids)
        return html.decode()

    def _print_pdf(self, report, documents, user=None):
        reports = (
            self.env["ir.actions.report"]
            .with_user(user or self.anna)
            .with_context(force_report_rendering=True)
        )
        pdf, kind = reports._render_qweb_pdf(report.sudo(), documents.ids)
        self.assertEqual(kind, "pdf")
        return PdfFileReader(io.BytesIO(pdf))

    def _get_client_report(self):
        return self.env["ir.actions.report"].search(
            [("is_gestor_by_client", "=", True), ("model", "=", self.first._name)]
        )

    def test_print_shows_texts_and_lines_of_each_document(self):
        html = self._print_html(self._create_table_pattern().report_id, self.papers)
        for shown in (
            "For Zakład Łąka sp. z o.o.",
            "For Meadow &amp; Sons",
            "Beam &lt;b&gt;oak&lt;/b&gt;",
            "7,25",
            "10,50",
            "Nail",
        ):
            self.assertIn(shown, html)
        self.assertEqual(html.count("gestor_print_lines"), 2)

    def _create_sum_pattern(self, *columns):
        commands = [
            Command.create({"name": path, "field_path": path, **vals})
            for path, vals in columns
        ]
        return self._create_pattern(line_path="line_ids", column_ids=commands)

    def test_last_row_of_a_table_has_the_sums(self):
        self.first.currency_id = self.env.ref("base.PLN")
        pattern = self._create_sum_pattern(
            ("name", {}),
            ("quantity", {"is_summed": True}),
            ("price", {"is_summed": True}),
        )
        html = self._print_html(pattern.report_id, self.papers)
        first, second = html.split("gestor_print_lines")[1:]
        row = first[first.rindex("<tr>") : first.rindex("</tr>")]
        for shown in ("Razem", "9,25", "13,50&nbsp;zł"):
            self.assertIn(shown, row)
        self.assertIn("Total", second)

    def test_sums_of_different_currencies_stand_apart(self):
        lines = self.first.line_ids
        euro = self.env["test.gestor.document"].create(
            {"name": "Euro", "currency_id": self.env.ref("base.EUR").id}
        )
        self.first.currency_id = self.env.ref("base.PLN")
        column = self._create_sum_pattern(("price", {"is_summed": True})).column_ids
        lines |= lines.create({"document_id": euro.id, "name": "x", "price": 5})
        formatter = Formatter(self.env(context={"lang": "pl_PL"}), html_sanitize)
        reader = PathReader({line.id: line for line in lines})
        sums = column._get_sums(reader, formatter, {1: lines})
        self.assertEqual(
            sums[1].replace("\N{NO-BREAK SPACE}", " "), "13,50 zł<br/>5,00 €"
        )

    def test_sum_that_misses_a_closed_value_is_not_there(self):
        field = type(self.first.line_ids)._fields["quantity"]
        pattern = self._create_sum_pattern(
            ("name", {}), ("quantity", {"is_summed": True})
        )
        self.patch(field, "groups", "base.group_system")
        html = self._print_html(pattern.report_id, self.first)
        self.assertIn("Razem", html)
        self.assertNotIn("9,25", html)

    def test_column_without_numbers_is_not_summed(self):
        for path, vals in (("name", {}), ("attached_id", {})):
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self._create_sum_pattern((path, {"is_summed": True, **vals}))

    def test_pdf_has_a_page_for_each_document(self):
        reader = self._print_pdf(self._create_table_pattern().report_id, self.papers)
        texts = [page.extract_text() for page in reader.pages]
        self.assertEqual(len(texts), 2)
        self.assertIn("Zakład Łąka", texts[0])
        self.assertIn("Meadow", texts[1])

    def test_text_and_titles_are_in_the_clients_language_or_the_patterns(self):
        pattern = self._create_table_pattern(body="<p>Offer</p>{{Table of lines}}")
        translations = {"pl_PL": {"Offer": "Oferta"}}
        pattern.update_field_translations("body_html", translations)
        pattern.column_ids[0].with_context(lang="pl_PL").name = "Towar"
        html = self._print_html(pattern.report_id, self.papers)
        for shown in ("Oferta", "Offer", "Towar", "Goods"):
            self.assertIn(shown, html)
        pattern.lang = "en_US"
        html = self._print_html(pattern.report_id, self.papers)
        self.assertNotIn("Oferta", html)
        self.assertNotIn("Towar", html)

    def test_pattern_is_in_the_menu_print_until_it_is_archived(self):
        pattern = self._create_pattern()
        report = pattern.report_id
        self.assertEqual(report.binding_model_id, pattern.model_id)
        pattern.name = "Renamed"
        self.assertEqual(report.name, "Renamed")
        pattern.active = False
        self.assertFalse(report.binding_model_id)
        pattern.unlink()
        self.assertFalse(report.exists())

    def test_menu_print_speaks_the_users_language(self):
        pattern = self._create_pattern()
        pattern.with_context(lang="pl_PL").name = "Własny wydruk"
        report = pattern.report_id
        self.assertEqual(report.with_context(lang="pl_PL").name, "Własny wydruk")
        self.assertEqual(report.with_context(lang="en_US").name, "Own print")
        by_client = self._get_client_report().with_context(lang="pl_PL")
        self.assertEqual(by_client.name, "Wydruk według życzenia klienta")

    def test_nothing_in_a_pattern_is_read_as_a_template(self):
        pattern = self._create_pattern(
            '<p t-out="1 + 1">x</p><t t-call="web.login"/><p>{{Document name}}</p>'
            '<script>alert(1)</script><img src="file:///etc/passwd" onerror="x()"/>'
        )
        self.first.name = '<t t-out="7*7"/>{{Client name}}'
        html = self._print_html(pattern.report_id, self.first)
        body = html[html.index("gestor_print_page") :]
        self.assertIn("&lt;t t-out=", body)
        self.assertIn("{{Client name}}", body)
        for danger in ("<script>alert", "onerror", "t-call", ">49<", ">2<"):
            self.assertNotIn(danger, body)
        self.assertEqual(len(self._print_pdf(pattern.report_id, self.first).pages), 1)

    def test_table_shows_only_a_list_and_its_plain_fields(self):
        for path in ("partner_id", "name", "message_ids", "line_ids.document_id", "x"):
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self._create_pattern(line_path=path)
        for path in ("document_id.access_token", "create_uid.password", "_fields"):
            column = Command.create({"name": "Attack", "field_path": path})
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self._create_pattern(line_path="line_ids", column_ids=[column])

    def test_column_of_a_closed_field_is_empty_for_whoever_may_not_read_it(self):
        column = {"name": "Margin", "field_path": "document_id.margin_note"}
        pattern = self._create_pattern(
            line_path="line_ids", column_ids=[Command.create(column)]
        )
        self.first.margin_note = "Forty-two"
        self.assertNotIn("Forty-two", self._print_html(pattern.report_id, self.first))
        admin = self.env.ref("base.user_admin")
        html = self._print_html(pattern.report_id, self.first, admin)
        self.assertIn("Forty-two", html)

    def test_documents_and_patterns_of_other_companies_are_closed(self):
        other = self.env["res.company"].create({"name": "Other"})
        pattern = self._create_pattern()
        self.second.company_id = other
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._print_html(pattern.report_id, self.second)
        pattern.company_id = other
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._print_html(pattern.report_id, self.first)

    def test_user_prints_but_does_not_change_patterns(self):
        pattern = self._create_pattern()
        with self.assertRaises(AccessError):
            pattern.with_user(self.anna).write({"name": "Hers"})
        employee = self._create_user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self._print_html(pattern.report_id, self.first, employee)

    def test_each_client_gets_his_pattern_and_his_copies(self):
        usual = self._create_pattern("<p>Usual</p>", is_default=True)
        own = self._create_pattern("<p>Own</p>")
        self.env["gestor.print.setting"].create(
            {
                "partner_id": self.clients[0].id,
                "model_id": own.model_id.id,
                "pattern_id": own.id,
                "copies": 3,
            }
        )
        chosen = usual.with_user(self.anna)._choose(self.papers.with_user(self.anna))
        self.assertEqual(chosen[self.first.id], (own, 3))
        self.assertEqual(chosen[self.second.id], (usual, 1))
        reader = self._print_pdf(self._get_client_report(), self.papers)
        words = ["Own" in page.extract_text() for page in reader.pages]
        self.assertEqual(words, [True, True, True, False])

    def test_branch_takes_over_the_parameters_of_its_firm(self):
        own = self._create_pattern("<p>Own</p>")
        settings = self.env["gestor.print.setting"]
        vals = {"model_id": own.model_id.id, "pattern_id": own.id}
        firm = settings.create({"partner_id": self.clients[0].id, **vals})
        branch = self.env["res.partner"].create(
            {"name": "Branch", "is_company": True, "parent_id": self.clients[0].id}
        )
        both = branch | self.clients[1]
        self.assertEqual(
            settings._find_for_clients(self.first._name, both), {branch.id: firm}
        )
        own_one = settings.create({"partner_id": branch.id, **vals})
        self.assertEqual(
            settings._find_for_clients(self.first._name, both), {branch.id: own_one}
        )

    def test_usual_print_of_the_clients_language_comes_first(self):
        english = self._create_pattern("<p>E</p>", is_default=True, lang="en_US")
        usual = self._create_pattern("<p>U</p>", is_default=True)
        chosen = usual._choose(self.papers)
        self.assertEqual(chosen[self.first.id][0], usual)
        self.assertEqual(chosen[self.second.id][0], english)

    def test_without_a_pattern_the_print_of_the_program_is_used(self):
        self._create_pattern()
        report = self._get_client_report()
        with self.assertRaises(UserError):
            self._print_html(report, self.first)
        builtin = self.env["ir.actions.report"].create(
            {
                "name": "Brought along",
                "model": self.first._name,
                "report_type": "qweb-pdf",
                "report_name": "web.preview_internalreport",
                "binding_model_id": self._model_id(self.first._name).id,
            }
        )
        self.assertEqual(report._gestor_get_builtin(self.first._name), builtin.sudo())

    def test_library_files_follow_the_print(self):
        pattern = self._create_pattern()
        pdf = self._print_pdf(pattern.report_id, self.second)
        self.assertEqual(len(pdf.pages), 1)
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        appended, _kind = reports._render_qweb_pdf(pattern.report_id, self.second.ids)
        file = self.env["gestor.library.file"].create(
            {
                "name": "Terms",
                "file_name": "terms.pdf",
                "datas": base64.b64encode(appended),
            }
        )
        self.first._gestor_add_library_files(file).is_appended = True
        reader = self._print_pdf(pattern.report_id, self.papers)
        texts = [page.extract_text() for page in reader.pages]
        self.assertEqual(len(texts), 3)
        self.assertIn("Zakład", texts[0])
        self.assertIn("Meadow", texts[1])
        self.assertIn("Meadow", texts[2])

    def test_setting_with_a_pattern_of_other_documents_is_refused(self):
        pattern = self._create_pattern()
        with self.assertRaises(ValidationError):
            self.env["gestor.print.setting"].create(
                {
                    "partner_id": self.clients[0].id,
                    "model_id": self._model_id("test.gestor.secret").id,
                    "pattern_id": pattern.id,
                }
            )

    @freeze_time("2026-11-24")
    def test_preview_opens_the_newest_document(self):
        pattern = self._create_pattern()
        newest = self.env[self.first._name].search([], limit=1, order="id desc")
        url = pattern.action_preview()["url"]
        self.assertEqual(
            url, f"/report/pdf/{pattern.report_id.report_name}/{newest.id}"
        )
