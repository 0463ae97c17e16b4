import io
import re

from odoo.tools.pdf import PdfFileReader

from odoo.addons.base.tests.common import BaseCommon

#: A picture of one pixel.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
    b"IQAAAABJRU5ErkJggg=="
)


class GestorPdfCommon(BaseCommon):
    """A report of partners, printed by WeasyPrint whatever the machine has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gestor_pdf.engine", "weasyprint")
        cls.company = cls.env.company
        cls.company.write(
            {
                "external_report_layout_id": cls.env.ref(
                    "web.external_layout_standard"
                ).id,
                "company_details": "<p>Zakłady Łączności Żółw</p>",
                "report_footer": "<p>Konto 12 3456</p>",
                "font": "Lato",
            }
        )
        cls.paper = cls.env.ref("base.paperformat_euro").copy({"name": "Test"})
        cls.view = cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "gestor_pdf.test_report",
                "key": "gestor_pdf.test_report",
                "arch": "<t/>",
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Test",
                "model": "res.partner",
                "report_name": "gestor_pdf.test_report",
                "paperformat_id": cls.paper.id,
            }
        )
        cls.partners = cls._create_partners("Pierwszy", "Drugi")

    @classmethod
    def _create_partners(cls, *names, **vals):
        return cls.env["res.partner"].create([{"name": name, **vals} for name in names])

    def _set_body(self, content, layout="web.external_layout", settings=""):
        """Give the report a body; ``o`` is the partner."""
        self.view.arch = f"""
            <t t-name="gestor_pdf.test_report">
                {settings}
                <t t-call="web.html_container">
                    <t t-foreach="docs" t-as="o">
                        <t t-call="{layout}">
                            <div class="page">{content}</div>
                        </t>
                    </t>
                </t>
            </t>
        """

    def _print(self, records, user=None, **context):
        """Print records and return the bytes of the PDF."""
        report = self.env["ir.actions.report"].with_user(user or self.env.user)
        return report.with_context(
            force_report_rendering=True, **context
        )._render_qweb_pdf(self.report, records.ids)[0]

    def _read(self, content):
        return PdfFileReader(io.BytesIO(content))

    def _texts(self, content):
        """Return the text of each page, in one line."""
        return [
            re.sub(r"\s+", " ", page.extract_text())
            for page in self._read(content).pages
        ]

    def _pictures(self, content):
        """Return how many pictures there are on each page."""
        return [
            len(page["/Resources"].get("/XObject", {}))
            for page in self._read(content).pages
        ]
