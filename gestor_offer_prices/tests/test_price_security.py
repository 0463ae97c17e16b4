from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NOW, GestorOfferPricesCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPriceSecurity(GestorOfferPricesCommon):
    def test_salesperson_prices_own_offers_only(self):
        own = self._create_priced_offer()
        foreign = self._create_priced_offer(user_id=self.other_salesperson.id)
        self._reprice(own, user=self.salesperson)
        self.assertEqual(own.currency_id, self.foreign)
        with self.assertRaises(AccessError):
            self._reprice(foreign, user=self.salesperson)
        with self.assertRaises(AccessError):
            foreign.with_user(self.salesperson).action_recompute_prices()

    def test_gestor_user_without_offers_prices_nothing(self):
        user = self._create_user("gestor_weak", "gestor_base.gestor_base_group_user")
        offer = self._create_priced_offer()
        with self.assertRaises(AccessError):
            self._reprice(offer, user=user)
        with self.assertRaises(AccessError):
            offer.with_user(user).action_recompute_prices()

    def test_viewer_sees_the_rate_and_changes_nothing(self):
        viewer = self._create_user(
            "gestor_viewer", "gestor_base.gestor_base_group_viewer"
        )
        offer = self._create_priced_offer()
        self._reprice(offer)
        offer = offer.with_user(viewer)
        self.assertIn("4.2531", offer.price_rate_text)
        self.assertFalse(offer.price_warning)
        with self.assertRaises(AccessError):
            offer.price_rate = 1

    def test_client_reads_no_notes_about_prices(self):
        user = new_test_user(self.env, "gestor_portal", groups="base.group_portal")
        user.partner_id.parent_id = self.client
        offer = self._create_priced_offer()
        self._reprice(offer)
        offer.action_prepare()
        offer.action_mark_sent()
        offer = offer.with_user(user)
        self.env.invalidate_all()
        self.assertIn("4.2531", offer.price_rate_text)
        for name in ("price_warning", "made_pricelist_id"):
            with self.assertRaises(AccessError):
                offer.read([name])
