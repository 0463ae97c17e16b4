import base64
import io

from odoo.tests import tagged

from .common import PIXEL, GestorPdfCommon

LONG = """<h2>Zażółć gęślą jaźń</h2>
    <table class="table"><thead><tr><th>Głowa</th></tr></thead>
    <tbody><tr t-foreach="range(rows)" t-as="n"><td>Wiersz <t t-out="n"/></td></tr>
    </tbody></table>"""


@tagged("post_install", "-at_install")
class TestRecords(GestorPdfCommon):
    def test_header_footer_and_numbers_on_each_page(self):
        self._set_body(LONG, settings='<t t-set="rows" t-value="30"/>')
        texts = self._texts(self._print(self.partners[0]))
        self.assertEqual(len(texts), 2)
        for number, text in enumerate(texts, start=1):
            self.assertIn("Zakłady Łączności Żółw", text)
            self.assertIn("Konto 12 3456", text)
            self.assertIn(f"Page {number} / 2", text)
            self.assertIn("Głowa", text)
        self.assertIn("Zażółć gęślą jaźń", texts[0])

    def test_numbers_speak_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.env["ir.module.module"].search(
            [("name", "=", "web")]
        )._update_translations(["pl_PL"])
        self._set_body("text")
        texts = self._texts(self._print(self.partners[0], lang="pl_PL"))
        self.assertIn("Strona 1 / 1", texts[0])

    def test_records_count_their_own_pages(self):
        partners = self._create_partners("A", "B", "C")
        rows = '<t t-set="rows" t-value="30"/>'
        self._set_body("<t t-out='o.name'/>" + LONG, settings=rows)
        texts = self._texts(self._print(partners))
        numbers = ["Page 1 / 2", "Page 2 / 2"] * 3
        for text, number in zip(texts, numbers, strict=True):
            self.assertIn(number, text)

    def test_each_record_gets_its_own_file(self):
        self._set_body("<t t-out='o.name'/><p style='break-before: page'>second</p>")
        self.report.attachment = "object.name + '.pdf'"
        self._print(self.partners)
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.partners.ids)]
        )
        self.assertEqual(set(attachments.mapped("name")), {"Pierwszy.pdf", "Drugi.pdf"})
        for attachment in attachments:
            texts = self._texts(attachment.raw)
            self.assertEqual(len(texts), 2)
            self.assertIn(attachment.name.removesuffix(".pdf"), texts[0])

    def test_saved_file_is_printed_again(self):
        self._set_body("first <t t-out='o.name'/>")
        self.report.write({"attachment": "object.name", "attachment_use": True})
        self._print(self.partners[0])
        self._set_body("second <t t-out='o.name'/>")
        texts = self._texts(self._print(self.partners))
        self.assertIn("first Pierwszy", texts[0])
        self.assertIn("second Drugi", texts[1])

    def test_streams_are_keyed_by_record(self):
        self._set_body("<t t-out='o.name'/>")
        streams = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf_prepare_streams(self.report, {}, self.partners.ids)
        )
        self.assertEqual(list(streams), self.partners.ids)
        for partner in self.partners:
            content = streams[partner.id]["stream"].getvalue()
            self.assertIn(partner.name, self._texts(content)[0])

    def test_same_record_twice(self):
        self._set_body("<t t-out='o.name'/>")
        twice = self.partners[0] + self.partners[0]
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content = report._render_qweb_pdf(self.report, twice.ids * 2)[0]
        self.assertGreaterEqual(len(self._texts(content)), 2)

    def test_companies_keep_their_layouts_in_one_call(self):
        other = self.env["res.company"].create(
            {
                "name": "Druga",
                "company_details": "<p>Druga Spółka</p>",
                "external_report_layout_id": self.env.ref(
                    "web.external_layout_wave"
                ).id,
            }
        )
        self.env.user.company_ids += other
        self.partners[0].company_id = self.company
        self.partners[1].company_id = other
        self._set_body("<t t-out='o.name'/>")
        texts = self._texts(
            self._print(self.partners, allowed_company_ids=[self.company.id, other.id])
        )
        self.assertIn("Zakłady Łączności Żółw", texts[0])
        self.assertNotIn("Druga Spółka", texts[0])
        self.assertIn("Druga Spółka", texts[1])

    def test_report_with_pictures_stays_small(self):
        self.company.logo = base64.b64encode(base64.b64decode(PIXEL))
        self._set_body("<t t-out='o.name'/>")
        partners = self._create_partners(*map(str, range(10)))
        content = self._print(partners)
        self.assertEqual(len(self._texts(content)), 10)
        self.assertLess(len(content), 300_000)
        self.assertLess(len(self._print(partners[0])), 60_000)

    def test_file_can_be_merged_by_the_host(self):
        self._set_body("text")
        content = self._print(self.partners[0])
        merged = self.env["ir.actions.report"]._merge_pdfs(
            [io.BytesIO(content), io.BytesIO(content)]
        )
        self.assertEqual(len(self._texts(merged.getvalue())), 2)
