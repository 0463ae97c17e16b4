from odoo.tests import HttpCase, new_test_user, tagged

from .common import OWN


@tagged("post_install", "-at_install")
class TestResourcesTour(HttpCase):
    def test_user_books_a_car_on_the_plan(self):
        kind = self.env["gestor.resource.kind"].create({"name": "Tour"})
        van = self.env["gestor.resource"].create(
            {"name": "Tour van", "kind_id": kind.id}
        )
        user = new_test_user(self.env, "booking_tour", OWN, lang="en_US")
        self.start_tour(
            "/odoo/gestor-booking-plan",
            "gestor_resources_booking",
            login="booking_tour",
        )
        booking = self.env["gestor.booking"].search([("resource_id", "=", van.id)])
        self.assertRecordValues(booking, [{"state": "confirmed", "user_id": user.id}])
