import base64
import io

from PIL import Image
from pypdf import PdfReader, PdfWriter

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon

REPORT = "gestor_offers.gestor_offer_report_action"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 10:00:00")
class TestOfferPrint(GestorOffersCommon):
    def _print_html(self, offer):
        reports = self.env["ir.actions.report"].with_user(self.salesperson)
        return reports._render_qweb_html(REPORT, offer.ids)[0].decode()

    def _print_pdf(self, offer):
        """Return the text of each page, printed by the salesperson."""
        reports = self.env["ir.actions.report"].with_user(self.salesperson)
        reports = reports.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content = reports._render_qweb_pdf(REPORT, offer.ids)[0]
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def _create_library_pdf(self, pages):
        writer = PdfWriter()
        for _page in range(pages):
            writer.add_blank_page(595, 842)
        stream = io.BytesIO()
        writer.write(stream)
        return self.env["gestor.library.file"].create(
            {"raw": stream.getvalue(), "file_name": f"{pages} pages.pdf"}
        )

    def _give_picture(self, product):
        stream = io.BytesIO()
        Image.new("RGB", (60, 40), (10, 120, 200)).save(stream, "PNG")
        product.image_1920 = base64.b64encode(stream.getvalue())

    # === Layouts ===

    def test_offer_takes_the_layout_of_its_own_company(self):
        other = self.env["res.company"].create({"name": "Other company"})
        other.gestor_offer_print_layout = "compact"
        other.has_gestor_offer_pictures = True
        self.company.gestor_offer_print_layout = "pages"
        own = self._create_offer(user=self.salesperson)
        theirs = self.env["gestor.offer"].create(
            {"partner_id": self.client.id, "company_id": other.id}
        )
        self.assertEqual((own.print_layout, own.has_print_pictures), ("pages", False))
        self.assertEqual(theirs.print_layout, "compact")
        self.assertTrue(theirs.has_print_pictures)
        self.assertIn("o_gestor_layout_pages", self._print_html(own))

    def test_changed_default_leaves_the_offers_there_are(self):
        offer = self._create_offer()
        self.company.gestor_offer_print_layout = "compact"
        self.company.has_gestor_offer_pictures = True
        self.assertEqual(offer.print_layout, "classic")
        self.assertFalse(offer.has_print_pictures)

    def test_each_variant_begins_a_page(self):
        offer = self._create_offer(
            variants=3, print_layout="pages", partner_id=self.other_client.id
        )
        pages = self._print_pdf(offer)
        classic = offer.copy({"print_layout": "classic"})
        for letter in "ABC":
            heading = f"Variant {letter}"
            starts = [n for n, page in enumerate(pages) if heading in page]
            # the comparison and the choice at the end name the variant, too
            self.assertGreaterEqual(len(starts), 2, heading)
        self.assertGreaterEqual(len(pages), 4)
        self.assertLess(len(self._print_pdf(classic)), len(pages))

    def test_comparison_can_be_left_out(self):
        offer = self._create_offer(variants=2, user=self.salesperson)
        self.assertIn("o_gestor_comparison", self._print_html(offer))
        offer.has_print_comparison = False
        self.assertNotIn("o_gestor_comparison", self._print_html(offer))

    def test_compact_print_is_shorter(self):
        lines = self._prepare_variant_vals(products=self.products)["order_line"]
        vals = {"order_line": lines * 12}
        compact, classic = (
            self._create_offer(order_ids=[(0, 0, vals)], print_layout=layout)
            for layout in ("compact", "classic")
        )
        self.assertLess(len(self._print_pdf(compact)), len(self._print_pdf(classic)))

    def test_client_has_what_was_sent(self):
        offer = self._create_sent_offer(print_layout="pages")
        with self.assertRaisesRegex(UserError, offer.name):
            offer.with_user(self.salesperson).print_layout = "compact"

    # === Pictures ===

    def test_goods_have_their_pictures(self):
        self._give_picture(self.products[0])
        offer = self._create_offer(variants=1, has_print_pictures=True)
        html = self._print_html(offer)
        self.assertEqual(html.count("o_gestor_picture"), 1)
        self.assertEqual(html.count("o_gestor_with_picture"), 1)
        offer.print_layout = "compact"
        self.assertNotIn("o_gestor_picture", self._print_html(offer))
        offer.write({"print_layout": "classic", "has_print_pictures": False})
        self.assertNotIn("o_gestor_picture", self._print_html(offer))

    def test_pictures_cost_the_same_queries_for_many_lines(self):
        for product in self.products:
            self._give_picture(product)

        def count(products):
            offer = self._create_offer(
                order_ids=[
                    (0, 0, self._prepare_variant_vals(products=products)),
                ],
                has_print_pictures=True,
            )
            self._print_html(offer)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._print_html(offer)
            return self.env.cr.sql_log_count - before

        few = count(self.products[:2])
        self.assertLessEqual(count(self.products), few)

    # === Enclosed files ===

    def test_marked_library_files_follow_the_print(self):
        offer = self._create_offer(variants=1)
        plain = len(self._print_pdf(offer))
        files = self._create_library_pdf(2) | self._create_library_pdf(3)
        uses = offer._gestor_add_library_files(files)
        uses.is_appended = False
        self.assertEqual(len(self._print_pdf(offer)), plain)
        uses.filtered(lambda use: use.file_id == files[1]).is_appended = True
        self.assertEqual(len(self._print_pdf(offer)), plain + 3)
        other = self._create_offer(variants=1)
        self.assertEqual(len(self._print_pdf(other)), plain)
        both = [*self._print_pdf(offer | other)]
        self.assertEqual(len(both), 2 * plain + 3)

    def test_client_downloads_the_enclosed_files_with_the_offer(self):
        offer = self._create_sent_offer(variants=1)
        plain = len(self._print_pdf(offer))
        offer._gestor_add_library_files(self._create_library_pdf(2)).is_appended = True
        portal = self.env.ref("base.public_user")
        reports = self.env["ir.actions.report"].with_user(portal).sudo()
        reports = reports.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content = reports._render_qweb_pdf(REPORT, offer.ids)[0]
        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), plain + 2)
