from odoo.tests import tagged

from .common import GestorPdfCommon

LAYOUTS = ("standard", "boxed", "bold", "striped", "folder", "wave", "bubble")


@tagged("post_install", "-at_install")
class TestLayouts(GestorPdfCommon):
    def _size(self, content):
        box = self._read(content).pages[0].mediabox
        return float(box[2]), float(box[3])

    def test_every_layout_prints_header_body_and_footer(self):
        self._set_body("Treść")
        for layout in LAYOUTS:
            with self.subTest(layout=layout):
                self.company.external_report_layout_id = self.env.ref(
                    f"web.external_layout_{layout}"
                )
                texts = self._texts(self._print(self.partners[0]))
                self.assertEqual(len(texts), 1)
                for text in ("Żółw", "Treść", "Konto 12 3456", "Page 1 / 1"):
                    self.assertIn(text, texts[0])

    def test_layout_without_header(self):
        self._set_body("Treść", layout="web.basic_layout")
        texts = self._texts(self._print(self.partners))
        self.assertEqual([text.strip() for text in texts], ["Treść", "Treść"])

    def test_internal_layout(self):
        self._set_body("Treść", layout="web.internal_layout")
        texts = self._texts(self._print(self.partners[0]))
        self.assertIn("Treść", texts[0])
        self.assertRegex(texts[0], r"\d{4}-\d\d-\d\d .*1 ?/ ?1")

    def test_paper(self):
        self._set_body("text")
        for vals, size in (
            ({"format": "A4"}, (595, 842)),
            ({"format": "A4", "orientation": "Landscape"}, (842, 595)),
            ({"format": "Letter", "orientation": "Portrait"}, (612, 792)),
            ({"format": "custom", "page_width": 100, "page_height": 50}, (283, 142)),
        ):
            with self.subTest(vals=vals):
                self.paper.write({"margin_top": 5, "margin_bottom": 5, **vals})
                # the host computes the printed size without saying on what
                self.paper.invalidate_recordset()
                self.assertEqual(self._size(self._print(self.partners[0])), size)

    def test_landscape_option(self):
        self._set_body("text")
        content = self._print(self.partners[0], landscape=True)
        self.assertEqual(self._size(content), (842, 595))

    def test_document_overrides_the_paper(self):
        long = "<p t-foreach='range(30)' t-as='n'>line</p>"
        self._set_body(long, layout="web.basic_layout")
        many = len(self._texts(self._print(self.partners[0])))
        self._set_body(
            long,
            layout="web.basic_layout",
            settings="<t t-set='data_report_margin_top' t-value='1'/>"
            "<t t-set='data_report_dpi' t-value='180'/>",
        )
        few = len(self._texts(self._print(self.partners[0])))
        self.assertEqual((many, few), (2, 1))

    def test_tall_header_moves_the_body_down(self):
        lines = "".join(f"<p>line {n}</p>" for n in range(14))
        self._set_body("<p t-foreach='range(24)' t-as='n'>body</p>")
        before = len(self._texts(self._print(self.partners[0])))
        self.company.company_details = lines
        texts = self._texts(self._print(self.partners[0]))
        self.assertEqual((before, len(texts)), (1, 2))
        for text in texts:
            self.assertIn("line 13", text)

    def test_tall_footer_is_not_cut(self):
        self.company.report_footer = "<br/>".join(f"f{n}" for n in range(12))
        self._set_body("text")
        texts = self._texts(self._print(self.partners[0]))
        self.assertIn("f11", texts[0])

    def test_report_without_records(self):
        self.view.arch = """
            <t t-name="gestor_pdf.test_report">
                <t t-call="web.html_container"><t t-call="web.external_layout">
                    <div class="page">nothing</div>
                </t></t>
            </t>
        """
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content = report._render_qweb_pdf(self.report, None)[0]
        self.assertIn("nothing", self._texts(content)[0])

    def test_one_header_for_all_bodies(self):
        content = self.env["ir.actions.report"]._run_wkhtmltopdf(
            ["<p>one</p>", "<p>two</p>"],
            header='<body class="c"><div class="header">shared</div></body>',
            landscape=True,
            specific_paperformat_args={
                "data-report-margin-top": 30,
                "data-report-header-spacing": 25,
            },
        )
        for text in self._texts(content):
            self.assertIn("shared", text)
