from odoo.tests import tagged

from .portal_common import GestorOffersPortalCommon


@tagged("post_install", "-at_install")
class TestPortalTour(GestorOffersPortalCommon):
    def test_client_chooses_and_signs_in_the_browser(self):
        url = f"/my/offers/{self.offer.id}?access_token={self.token}"
        self.start_tour(url, "gestor_offer_portal_sign")
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.state, "accepted")
        self.assertEqual(self.offer.accepted_order_id, self.other_variant)
        self.assertEqual(self.offer.signed_by, "Anna Żuraw")
        self.assertTrue(self.offer.signature)


@tagged("post_install", "-at_install")
class TestPortalTourPhone(GestorOffersPortalCommon):
    browser_size = "375x667"
    touch_enabled = True

    def test_client_chooses_and_signs_on_a_phone(self):
        url = f"/my/offers/{self.offer.id}?access_token={self.token}"
        self.start_tour(url, "gestor_offer_portal_sign")
        self.offer.invalidate_recordset()
        self.assertEqual(self.offer.accepted_order_id, self.other_variant)
