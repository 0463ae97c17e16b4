from odoo.tests import tagged

from .common import SelfBookingHttpCase


class SelfBookingTourCase(SelfBookingHttpCase):
    def _walk(self):
        """Book, move and cancel a visit in the browser."""
        self.anna.name = "Tour Host"
        self.page.write(
            {"durations": "30, 60", "pick_mode": "client", "change_deadline_hours": 0}
        )
        self.page.window_ids.write({"hour_from": 0, "hour_to": 24})
        self.start_tour(f"{self.path}?lang=en_US", "gestor_self_booking")
        visit = self._get_visits()
        self.assertRecordValues(
            visit,
            [
                {
                    "state": "cancelled",
                    "cancelled_by": "client",
                    "move_count": 1,
                    "user_id": self.anna.id,
                    "email": "jan@tour.example",
                }
            ],
        )
        self.assertEqual(visit._get_minutes(), 60)


@tagged("post_install", "-at_install")
class TestSelfBookingTour(SelfBookingTourCase):
    def test_client_books_moves_and_cancels_in_the_browser(self):
        self._walk()


@tagged("post_install", "-at_install")
class TestSelfBookingTourPhone(SelfBookingTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_client_books_moves_and_cancels_on_a_phone(self):
        self._walk()
