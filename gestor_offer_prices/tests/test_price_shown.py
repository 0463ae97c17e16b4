from odoo.tests import freeze_time, tagged

from odoo.addons.gestor_offers.tests.portal_common import GestorOffersPortalCommon

from .common import NOW, GestorOfferPricesCommon

REPORT = "gestor_offers.gestor_offer_report_action"


@tagged("post_install", "-at_install")
class TestPriceShown(GestorOfferPricesCommon, GestorOffersPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.priced = cls._create_priced_offer(
                cls.steps, price_breaks="all", date_to=False
            )
            cls._reprice(cls.priced, is_manual=True, rate=4.2531)
        cls.priced.date_to = False
        cls.priced.action_prepare()
        cls.priced.action_mark_sent()

    def _print(self, offer):
        html = self.env["ir.actions.report"]._render_qweb_html(REPORT, offer.ids)[0]
        return html.decode().replace("\xa0", " ")

    def test_print_shows_rate_and_thresholds_in_polish(self):
        text = " ".join(self._print(self.priced).split())
        self.assertIn("Kurs waluty:", text)
        own, foreign = self.company.currency_id.name, self.foreign.name
        self.assertIn(f"1 {foreign} = 4,2531 {own} (uzgodniony 24.11.2026)", text)
        self.assertIn("Cena netto przy ilości:", text)
        self.assertIn("o_gestor_price_steps", text)

    def test_print_of_an_ordinary_offer_is_as_before(self):
        text = self._print(self.offer)
        self.assertNotIn("o_gestor_rate", text)
        self.assertNotIn("o_gestor_price_steps", text)

    def test_client_sees_rate_and_thresholds_on_the_page(self):
        page = self._get(self.priced, self.priced._portal_ensure_token())
        self.assertEqual(page.status_code, 200)
        text = page.text.replace("\xa0", " ")
        self.assertIn("4,2531", text)
        self.assertIn("o_gestor_price_steps", text)
        page = self._get(self.offer, self.token)
        self.assertNotIn("o_gestor_offer_rate", page.text)
