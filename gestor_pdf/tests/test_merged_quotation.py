from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .common import GestorPdfCommon

FILES = "sale_pdf_quote_builder/tests/files/"
# the library the host fills forms with reports every page without a form
FORM_LOGGERS = ("PyPDF2._writer", "pypdf._writer")


@tagged("post_install", "-at_install")
class TestMergedQuotation(GestorPdfCommon):
    """The host's quotation builder puts other PDF files around our pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "quotation.document" not in cls.env:
            cls.skipTest(cls, "the quotation builder is not installed")
        cls.header, cls.footer = cls._create_documents(
            ("header", "test_plain.pdf"), ("footer", "test_forms.pdf")
        )
        product = cls.env["product.product"].create({"name": "Łącznik żółty"})
        cls.orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [(0, 0, {"product_id": product.id})],
                }
                for partner in cls.partners
            ]
        )
        cls.report = cls.env.ref("sale.action_report_saleorder")

    @classmethod
    def _create_documents(cls, *pairs):
        documents = cls.env["quotation.document"]
        for place, name in pairs:
            with file_open(FILES + name, "rb") as source:
                attachment = cls.env["ir.attachment"].create(
                    {"name": name, "raw": source.read()}
                )
            documents |= documents.create(
                {
                    "name": name,
                    "ir_attachment_id": attachment.id,
                    "document_type": place,
                }
            )
        return documents

    @mute_logger(*FORM_LOGGERS)
    def test_header_and_footer_stand_around_the_quotation(self):
        order = self.orders[0]
        alone = len(self._texts(self._print(order)))
        order.quotation_document_ids = self.header | self.footer
        plain = len(self._texts(self.header.ir_attachment_id.raw))
        forms = len(self._texts(self.footer.ir_attachment_id.raw))
        texts = self._texts(self._print(order))
        self.assertEqual(len(texts), plain + alone + forms)
        self.assertIn("Łącznik żółty", texts[plain])
        self.assertIn(f"1 / {alone}", texts[plain])

    @mute_logger(*FORM_LOGGERS)
    def test_two_quotations_keep_their_own_documents(self):
        first, second = self.orders
        first.quotation_document_ids = self.header
        plain = len(self._texts(self.header.ir_attachment_id.raw))
        texts = self._texts(self._print(self.orders))
        places = [
            next(number for number, text in enumerate(texts) if order.name in text)
            for order in (first, second)
        ]
        self.assertEqual(places, [plain, plain + 1])
        self.assertIn("Pierwszy", texts[plain])
        self.assertIn("Drugi", texts[plain + 1])
