import io

from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged

from .common import GestorOffersCommon

REPORT = "gestor_offers.gestor_offer_report_action"
FIRST_WORD = {"pl_PL": "Oferta", "en_US": "Offer"}


@tagged("post_install", "-at_install")
class TestReportOffer(GestorOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presentation = cls.env["report.gestor_offers.gestor_offer_report"]
        cls.other_client.lang = "en_US"

    def _print_html(self, offers):
        html = self.env["ir.actions.report"]._render_qweb_html(REPORT, offers.ids)[0]
        return html.decode().replace("\xa0", " ")

    def _print_pdf_text(self, offers):
        """Return the text of the printed pages."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        with self.allow_pdf_render():
            content = reports._render_qweb_pdf(REPORT, offers.ids)[0]
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        return [page.replace("\xa0", " ") for page in pages]

    def _create_priced_variant(self, *lines, **vals):
        """Return a variant; a line is (product, quantity, price) or a display type."""
        commands = []
        for product, quantity, price in lines:
            if isinstance(product, str):
                commands.append(
                    Command.create({"display_type": product, "name": quantity})
                )
                continue
            commands.append(
                Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_qty": quantity,
                        "price_unit": price,
                        "tax_ids": [Command.clear()],
                    }
                )
            )
        return Command.create({"order_line": commands, **vals})

    # === What is shown ===

    def test_goods_are_compared_across_variants(self):
        first, second, third = self.products[:3]
        offer = self._create_offer(
            order_ids=[
                self._create_priced_variant((first, 1, 100), (second, 2, 50)),
                self._create_priced_variant(
                    (third, 1, 30), (first, 1, 60), (second, 2, 50), (first, 2, 60)
                ),
            ]
        )
        view = self.presentation._gestor_view(offer)
        rows = {row["title"]: row["cells"] for row in view["comparison"]}
        self.assertEqual(set(rows), {first.name, second.name, third.name})
        self.assertEqual(rows[first.name][1]["quantity"], "3")
        self.assertEqual(rows[first.name][1]["amount"], 180)
        self.assertEqual([c["differs"] for c in rows[first.name]], [False, True])
        self.assertEqual([c["differs"] for c in rows[second.name]], [False, False])
        self.assertEqual([c["missing"] for c in rows[third.name]], [True, False])
        self.assertTrue(rows[third.name][1]["differs"])

    def test_difference_is_told_in_money_and_percent(self):
        product = self.products[0]
        offer = self._create_offer(
            order_ids=[
                self._create_priced_variant((product, 1, 200), gestor_is_proposed=True),
                self._create_priced_variant((product, 1, 250)),
                self._create_priced_variant((product, 1, 150)),
            ],
            partner_id=self.other_client.id,
        )
        offer = offer.with_context(lang="en_US")
        proposed, dearer, cheaper = self.presentation._gestor_view(offer)["variants"]
        self.assertFalse(proposed["difference"])
        self.assertIn("+50.00", dearer["difference"].replace("\xa0", " "))
        self.assertEqual(dearer["difference_percent"], "+25.0%")
        self.assertIn("\N{MINUS SIGN}50.00", cheaper["difference"])
        self.assertEqual(cheaper["difference_percent"], "\N{MINUS SIGN}25.0%")

    def test_sections_are_closed_by_their_subtotal(self):
        first, second = self.products[:2]
        offer = self._create_offer(
            order_ids=[
                self._create_priced_variant(
                    ("line_section", "Stage 1", 0),
                    (first, 1, 100),
                    ("line_note", "Delivery in a week", 0),
                    ("line_section", "Stage 2", 0),
                    (second, 1, 40),
                    (second, 2, 40),
                )
            ]
        )
        rows = self.presentation._gestor_view(offer)["variants"][0]["rows"]
        self.assertEqual(
            [(row["kind"], row["number"], row["amount"]) for row in rows],
            [
                ("section", None, None),
                ("product", 1, 100),
                ("note", None, None),
                ("subtotal", None, 100),
                ("section", None, None),
                ("product", 2, 40),
                ("product", 3, 80),
                ("subtotal", None, 120),
            ],
        )

    def test_what_the_seller_hides_stays_hidden(self):
        offer = self._create_offer(
            order_ids=[
                self._create_priced_variant(
                    ("line_section", "Secret set", 0), (self.products[0], 1, 100)
                )
            ]
        )
        section = offer.order_ids.order_line.filtered("display_type")
        section.collapse_composition = True
        rows = self.presentation._gestor_view(offer)["variants"][0]["rows"]
        self.assertEqual([(r["kind"], r["amount"]) for r in rows], [("group", 100)])
        self.assertNotIn(self.products[0].name, self._print_html(offer))
        section.write({"collapse_composition": False, "collapse_prices": True})
        view = self.presentation._gestor_view(offer)
        self.assertEqual([r["price"] for r in view["variants"][0]["rows"]], [None] * 3)
        self.assertIsNone(view["comparison"][0]["cells"][0]["amount"])

    def test_taxes_are_summed_up_per_rate(self):
        taxes = self.env["account.tax"].create(
            [
                {
                    "name": f"T{rate}",
                    "amount": rate,
                    "tax_group_id": self.env["account.tax.group"]
                    .create({"name": f"Rate {rate}"})
                    .id,
                }
                for rate in (23, 8)
            ]
        )
        lines = [
            Command.create(
                {
                    "product_id": self.products[0].id,
                    "price_unit": 100,
                    "tax_ids": [Command.set(tax.ids)],
                }
            )
            for tax in (taxes[0], taxes[1], taxes[0])
        ]
        offer = self._create_offer(order_ids=[Command.create({"order_line": lines})])
        summary = self.presentation._gestor_view(offer)["variants"][0]["taxes"]
        self.assertEqual(
            {tax["name"]: (tax["base"], tax["tax"], tax["total"]) for tax in summary},
            {"Rate 23": (200, 46, 246), "Rate 8": (100, 8, 108)},
        )

    def test_many_variants_wrap_into_balanced_tables(self):
        groups = self.presentation._gestor_column_groups
        self.assertEqual(groups(0), [])
        self.assertEqual(groups(1), [range(0, 1)])
        self.assertEqual(groups(4), [range(0, 4)])
        self.assertEqual(groups(5), [range(0, 3), range(3, 5)])
        self.assertEqual([len(columns) for columns in groups(9)], [3, 3, 3])
        html = self._print_html(self._create_offer(variants=5))
        self.assertEqual(html.count("o_gestor_comparison"), 2)
        self.assertNotIn(
            "o_gestor_comparison", self._print_html(self._create_offer(variants=1))
        )

    def test_numbers_drop_needless_zeros(self):
        number = self.presentation.with_context(lang="en_US")._gestor_number
        self.assertEqual(number(2.0, 2), "2")
        self.assertEqual(number(2.5, 2), "2.5")
        self.assertEqual(number(0.125, 3), "0.125")
        self.assertEqual(number(0.0, 2), "0")

    # === The print ===

    def test_each_offer_of_a_run_speaks_the_language_of_its_client(self):
        polish = self._create_offer()
        english = self._create_offer(partner_id=self.other_client.id)
        for user_lang in ("pl_PL", "en_US"):
            offers = (polish | english).with_context(lang=user_lang)
            html = self._print_html(offers)
            parts = html.split(english.name)
            self.assertIn("Porównanie wariantów", html)
            self.assertIn("Comparison of variants", html)
            self.assertIn("Cena netto", parts[0])
            self.assertNotIn("Net price", parts[0])

    def test_file_is_named_for_the_client(self):
        offer = self._create_offer()
        number = offer.name.replace("/", "_")
        name = self.presentation._gestor_file_name
        self.assertEqual(name(offer), f"Oferta {number}")
        offer = self._create_offer(partner_id=self.other_client.id)
        number = offer.name.replace("/", "_")
        self.assertEqual(name(offer.with_context(lang="pl_PL")), f"Offer {number}")

    def test_pdf_has_the_polish_text_and_the_amounts(self):
        self.company.report_footer = "<p>Zażółć gęślą jaźń</p>"
        offer = self._create_offer(
            intro_html="<p>Szanowni Państwo, prosimy o wybór.</p>"
        )
        text = "\n".join(self._print_pdf_text(offer))
        for words in (
            offer.name,
            "Żółw i Spółka",
            "Szanowni Państwo, prosimy o wybór.",
            "Zażółć gęślą jaźń",
            "Porównanie wariantów",
        ):
            self.assertIn(words, text)
        for order in offer.order_ids:
            amount = f"{order.amount_total:.2f}".replace(".", ",")
            self.assertIn(amount, text.replace(" ", ""))

    def test_pdf_of_two_languages_prints_in_one_run(self):
        offers = self._create_offer() | self._create_offer(
            partner_id=self.other_client.id
        )
        pages = self._print_pdf_text(offers)
        self.assertGreaterEqual(len(pages), 2)
        text = "\n".join(pages)
        self.assertIn("Porównanie wariantów", text)
        self.assertIn("Comparison of variants", text)

    def test_long_offer_repeats_the_head_of_the_table(self):
        vals = self._prepare_variant_vals(products=list(self.products) * 16)
        offer = self._create_offer(
            order_ids=[Command.create(vals)], partner_id=self.other_client.id
        )
        pages = self._print_pdf_text(offer)
        self.assertGreaterEqual(len(pages), 3)
        # every page but the last, which may hold the totals alone
        for page in pages[:-1]:
            self.assertIn("Net value", page)

    def test_signed_offer_shows_the_signature(self):
        offer = self._create_sent_offer()
        order = offer.order_ids[1]
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
            "WjR9awAAAABJRU5ErkJggg=="
        )
        offer._gestor_accept(
            order,
            {"signed_by": "Anna", "signature": pixel, "signed_ip": "192.0.2.7"},
        )
        html = self._print_html(offer)
        for words in ("o_gestor_signature", "Anna", "192.0.2.7"):
            self.assertIn(words, html)
        self.assertNotIn("o_gestor_order_box", html)
        self.assertIn("o_gestor_order_box", self._print_html(self._create_offer()))
