from datetime import datetime

from markupsafe import Markup

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .texts_common import TestTextsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 12:00:00")
class TestTexts(TestTextsCommon):
    def test_each_client_gets_the_text_with_his_name_escaped(self):
        self.assertEqual(
            self._render(Markup("<p>Dear %s!</p>") % self._chip("client_name")),
            ["<p>Dear Zakład Łąka sp. z o.o.!</p>", "<p>Dear Meadow &amp; Sons!</p>"],
        )

    def test_result_is_markup(self):
        self.assertIsInstance(self._render("<p>{{Client name}}</p>")[0], Markup)

    def test_names_of_all_languages_are_understood(self):
        name = self._create_autotext("Paper number", "name")
        name.with_context(lang="pl_PL").name = "Numer pisma"
        for written in (
            "Paper number",
            "Numer pisma",
            " numer   PISMA ",
            "paper_number",
        ):
            with self.subTest(written=written):
                self.assertEqual(
                    self._render(f"<p>{{{{{written}}}}}</p>")[1], "<p>Paper 1</p>"
                )

    def test_dates_stand_in_the_words_of_the_client(self):
        self.assertEqual(
            self._render("<p>{{Today in words}}, {{Current month in words}}</p>"),
            [
                "<p>24 listopada 2026, listopad 2026</p>",
                "<p>November 24, 2026, November 2026</p>",
            ],
        )

    def test_today_is_the_users_day(self):
        self.anna.tz = "Europe/Warsaw"
        with freeze_time("2026-12-31 23:30:00"):
            self.assertEqual(self._render("<p>{{Current year}}</p>")[0], "<p>2027</p>")

    def test_moment_is_told_in_the_users_time_zone(self):
        self.anna.tz = "Europe/Warsaw"
        self.first.sent_at = datetime(2026, 11, 30, 23, 30)
        self._create_autotext("Sent", "sent_at", format="date_long")
        self.assertEqual(
            self._render("<p>{{Sent}}</p>", self.first), ["<p>1 grudnia 2026</p>"]
        )

    def test_amounts_stand_with_their_currency_and_in_words(self):
        self._create_autotext("Amount", "amount", format="amount")
        self._create_autotext("Words", "amount", format="amount_words")
        text = self._render("<p>{{Amount}} ({{Words}})</p>", self.first)[0]
        self.assertEqual(
            text.replace("\N{NO-BREAK SPACE}", ""),
            "<p>1234,50zł (tysiąc dwieście trzydzieści cztery PLN 50/100)</p>",
        )

    def test_zero_and_no_are_values(self):
        self._create_autotext("Amount", "amount", format="amount")
        self._create_autotext("Urgent", "is_urgent")
        template = self._create_template("<p>{{Amount}} {{Urgent}}</p>")
        self.first.amount = 0
        self.assertEqual(template._gestor_missing(self.first), {self.first.id: []})
        text = template._gestor_render(self.first, lang="en_US")[self.first.id]
        self.assertIn("0.00", text)
        self.assertIn("No", text)

    def test_choice_is_shown_by_its_label(self):
        self._create_autotext("Size", "size")
        self.first.size = "large"
        self.assertEqual(self._render("<p>{{Size}}</p>", self.first), ["<p>Large</p>"])

    def test_list_is_joined(self):
        self.first.line_ids = [
            Command.create({"name": name}) for name in ("Ślub", "<Taniec>")
        ]
        self._create_autotext("Lines", "line_ids.name", format="list")
        self._create_autotext("Rows", "line_ids", format="lines")
        self.assertEqual(
            self._render("<p>{{Lines}}</p><p>{{Rows}}</p>", self.first),
            ["<p>Ślub, &lt;Taniec&gt;</p><p>Ślub<br/>&lt;Taniec&gt;</p>"],
        )

    def test_address_keeps_its_lines(self):
        self.clients[0].write({"street": "Polna 1", "zip": "00-001", "city": "Łódź"})
        text = self._render("<p>{{Client address}}</p>", self.first)[0]
        self.assertIn("Polna 1<br/>", text)
        self.assertIn("Łódź", text)

    def test_html_of_a_field_stays_html_and_is_made_harmless(self):
        self.first.note_html = "<b>Ok</b><script>alert(1)</script>"
        self._create_autotext("Note", "note_html")
        text = self._render("<div>{{Note}}</div>", self.first)[0]
        self.assertIn("<b>Ok</b>", text)
        self.assertNotIn("alert", text)

    def test_code_of_a_developer_gives_values(self):
        self.second.line_ids = [Command.create({"name": "One"})]
        self._create_autotext(
            "Count", False, source="code", builtin_key="test_line_count"
        )
        self.assertEqual(self._render("<p>{{Count}}</p>"), ["<p>0</p>", "<p>1</p>"])

    def test_missing_value_is_reported_and_leaves_nothing(self):
        self._create_autotext("Due", "date_due")
        template = self._create_template("<p>Due: {{Due}}.</p>")
        self.assertEqual(
            template._gestor_missing(self.papers),
            {self.first.id: [], self.second.id: [("Due", "empty")]},
        )
        self.assertEqual(
            template._gestor_render(self.papers)[self.second.id], "<p>Due: .</p>"
        )

    def test_default_text_stands_for_a_missing_value(self):
        due = self._create_autotext("Due", "date_due", default_text="as agreed")
        due.with_context(lang="pl_PL").default_text = "do ustalenia"
        template = self._create_template("<p>{{Due}}</p>")
        self.first.date_due = False
        self.assertEqual(
            template._gestor_render(self.papers),
            {self.first.id: "<p>do ustalenia</p>", self.second.id: "<p>as agreed</p>"},
        )
        self.assertFalse(any(template._gestor_missing(self.papers).values()))

    def test_text_itself_is_in_the_clients_language(self):
        template = self._create_template("<p>Dear {{Client name}}</p>")
        template.update_field_translations(
            "body_html",
            {"pl_PL": {"Dear {{Client name}}": "Witaj {{Client name}}"}},
        )
        rendered = template._gestor_render(self.papers)
        self.assertEqual(rendered[self.first.id], "<p>Witaj Zakład Łąka sp. z o.o.</p>")
        self.assertEqual(rendered[self.second.id], "<p>Dear Meadow &amp; Sons</p>")

    def test_unknown_placeholder_in_a_translation_is_refused(self):
        template = self._create_template("<p>Dear {{Client name}}</p>")
        with self.assertRaisesRegex(ValidationError, "Nazwa klineta"):
            template.update_field_translations(
                "body_html",
                {"pl_PL": {"Dear {{Client name}}": "Witaj {{Nazwa klineta}}"}},
            )

    def test_plain_text_is_not_escaped(self):
        filled = self.env["gestor.text.engine"]._gestor_fill(
            "For {{Client name}}", self.second, is_html=False
        )
        self.assertEqual(filled[self.second.id].text, "For Meadow & Sons")

    def test_unknown_placeholder_is_refused_and_named(self):
        for body in ("<p>{{Client nmae}}</p>", self._chip("client_nmae")):
            with (
                self.subTest(body=body),
                self.assertRaisesRegex(ValidationError, "[Cc]lient.nmae"),
            ):
                self._create_template(body)

    def test_autotext_of_other_documents_is_refused(self):
        self._create_autotext("Paper number", "name")
        with self.assertRaisesRegex(ValidationError, "Paper number"):
            self._create_template("<p>{{Paper number}}</p>", model_id=False)

    def test_broken_placeholder_is_refused(self):
        for body in (
            "<p>{{Client name}</p>",
            '<a href="http://a/{{Client name}}">a</a>',
        ):
            with (
                self.subTest(body=body),
                self.assertRaisesRegex(ValidationError, "not whole"),
            ):
                self._create_template(body)

    def test_template_of_other_documents_is_refused(self):
        template = self._create_template("<p>Hi</p>")
        with self.assertRaises(ValidationError):
            template._gestor_render(self.secret)

    def test_used_autotext_cannot_vanish_nor_change_its_code(self):
        number = self._create_autotext("Paper number", "name")
        template = self._create_template("<p>{{Paper number}}</p>")
        self.env.flush_all()
        self.assertEqual(number.template_ids, template)
        with self.assertRaises(UserError):
            number.unlink()
        with self.assertRaises(UserError):
            number.code = "other"
        number.active = False
        self.assertEqual(
            template._gestor_render(self.first)[self.first.id], "<p>Paper 0</p>"
        )
        template.body_html = "<p>Nothing</p>"
        number.unlink()

    def test_work_does_not_grow_with_the_number_of_documents(self):
        self._create_autotext("Paper number", "name")
        template = self._create_template(
            "<p>{{Client name}} {{Client city}} {{Paper number}} {{User name}} "
            "{{Own company name}} {{Client address}}</p>"
        ).with_user(self.anna)
        clients = self.env["res.partner"].create(
            [{"name": f"Client {number}"} for number in range(90)]
        )
        papers = self.env["test.gestor.document"].create(
            [{"name": f"P{client.id}", "partner_id": client.id} for client in clients]
        )
        counts = []
        for few in (papers[:10], papers):
            template._gestor_render(few.with_user(self.anna))
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            template._gestor_render(few.with_user(self.anna))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_picker_finds_names_of_all_languages(self):
        number = self._create_autotext("Paper number", "name")
        number.with_context(lang="pl_PL").name = "Numer pisma"
        autotexts = self.env["gestor.autotext"].with_user(self.anna)
        items = {
            item["code"]: item
            for item in autotexts.get_picker_items("test.gestor.document")
        }
        self.assertEqual(
            items["paper_number"]["names"], ["Numer pisma", "Paper number"]
        )
        self.assertIn("client_name", items)
        others = autotexts.get_picker_items("test.gestor.secret")
        self.assertNotIn("paper_number", [item["code"] for item in others])

    def test_preview_shows_the_text_and_what_is_missing(self):
        self._create_autotext("Due", "date_due")
        template = self._create_template("<p>Dear {{Client name}}: {{Due}}</p>")
        preview = (
            self.env["gestor.text.preview"]
            .with_user(self.anna)
            .with_context(default_template_id=template.id)
            .create({"document": f"{self.second._name},{self.second.id}"})
        )
        self.assertIn("Dear Meadow &amp; Sons", preview.body_html)
        self.assertIn("gestor_autotext_missing", preview.body_html)
        self.assertEqual(preview.missing, "Due: nothing is entered")
        self.assertEqual(
            [name for name, _label in preview._selection_document()],
            ["test.gestor.document"],
        )

    def test_preview_opens_on_the_newest_document_of_the_template(self):
        """Also in a client that does not send the context along."""
        template = self._create_template("<p>{{Client name}}</p>")
        preview = self.env["gestor.text.preview"].create({"template_id": template.id})
        self.assertEqual(preview.document._name, "test.gestor.document")

    def _insert(self, document, template, field="note_html", **vals):
        inserts = self.env["gestor.text.insert"].with_user(self.anna)
        return inserts.with_context(
            active_model=document._name,
            active_id=document.id,
            gestor_base_text_field=field,
        ).create({"template_id": template.id, **vals})

    def test_user_inserts_a_text_below_the_present_one_or_instead_of_it(self):
        template = self._create_template("<p>Dear {{Client name}}</p>")
        insert = self._insert(self.second, template)
        self.assertEqual(insert.body_html, "<p>Dear Meadow &amp; Sons</p>")
        insert.action_insert()
        self._insert(self.second, template).action_insert()
        dear = "<p>Dear Meadow &amp; Sons</p>"
        self.assertEqual(self.second.note_html, dear + dear)
        self._insert(self.second, template, is_replacing=True).action_insert()
        self.assertEqual(self.second.note_html, dear)

    def test_text_is_inserted_only_where_it_may_stand(self):
        template = self._create_template("<p>Hi</p>")
        for document, field in (
            (self.second, "name"),
            (self.anna.partner_id, "comment"),
        ):
            with self.subTest(field=field), self.assertRaises(UserError):
                self._insert(document, template, field).action_insert()
        with self.assertRaises(AccessError):
            self._insert(self.foreign_papers[0], template).action_insert()
