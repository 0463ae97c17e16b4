from datetime import timedelta

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SelfBookingHttpCase, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingVisit(SelfBookingHttpCase):
    """The client comes back by the link of the mail."""

    def setUp(self):
        super().setUp()
        self.visit = self._book(at(7))
        self.base = self.visit._get_path()
        self.env.flush_all()

    def test_client_moves_the_visit(self):
        self.assertIn("8:00", self.url_open(f"{self.base}/move").text)
        response = self._post(f"{self.base}/move", at="2026-12-01T08:00")
        self.assertEqual(response.status_code, 303)
        activity = self.visit.activity_id
        self.assertEqual(self.visit.start_at, at(8, day=1))
        self.assertEqual(activity.planned_start_at, at(8, day=1))
        self.assertEqual(activity.event_id.start, at(8, day=1))
        self.assertEqual(self.visit.move_count, 1)
        self.assertEqual(len(self._mails()), 2, "confirmed, and moved once")
        self.assertIn("moved", activity.message_ids[0].body)

    def test_client_moves_by_half_an_hour_over_the_own_visit(self):
        self.page.user_ids = self.anna
        response = self._post(f"{self.base}/move", at="2026-11-30T07:30")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.visit.start_at, at(7, minute=30))

    def test_taken_time_does_not_move_the_visit(self):
        self._create_activity(self.anna, kind="meeting", start=8, stop=9)
        self.env.flush_all()
        response = self._post(f"{self.base}/move", at="2026-11-30T08:00")
        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.visit.start_at, at(7))

    def test_client_cancels_and_the_slot_is_free_again(self):
        page = self.url_open(f"{self.base}/cancel")
        self.assertIn("Cancel this visit?", page.text)
        self.assertEqual(self.visit.state, "confirmed")
        response = self._post(f"{self.base}/cancel")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(
            (self.visit.state, self.visit.cancelled_by), ("cancelled", "client")
        )
        self.assertEqual(self.visit.activity_id.state, "cancelled")
        self.assertFalse(self.visit.activity_id.event_id)
        self.assertIn(self.anna, self.page._gestor_slots(60)[at(7)])
        self.assertEqual(len(self._mails()), 2, "confirmed, and cancelled once")
        self.assertEqual(self._post(f"{self.base}/cancel").status_code, 303)
        self.assertEqual(len(self._mails()), 2)

    def test_reading_changes_nothing(self):
        for path in ("", "/ics", "/move", "/cancel", "/move?at=2026-12-01T08:00"):
            self.assertEqual(self.url_open(self.base + path).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((self.visit.state, self.visit.start_at), ("confirmed", at(7)))

    def test_changes_need_the_token_of_the_form(self):
        for path in ("/move", "/cancel"):
            with mute_logger("odoo.http"):
                response = self._post(
                    self.base + path, csrf_token="", at="2026-12-01T08:00"
                )
            self.assertEqual(response.status_code, 400)
        self.assertEqual((self.visit.state, self.visit.start_at), ("confirmed", at(7)))

    def test_forged_and_foreign_links_tell_nothing(self):
        other = self._book(at(8), email="other@nowy.example")
        number = other.id
        self.env.flush_all()
        wrong = (
            f"/gestor/booking/visit/{number}/{self.visit.token}",
            f"/gestor/booking/visit/{self.visit.id}/wrong",
            f"/gestor/booking/visit/{self.visit.id}/%C5%BC",
            f"/gestor/booking/visit/999999/{self.visit.token}",
        )
        for base in wrong:
            with self.subTest(base=base):
                page = self.url_open(base)
                self.assertEqual(page.status_code, 404)
                self.assertNotIn("Jan", page.text)
                self.assertEqual(self.url_open(f"{base}/ics").status_code, 404)
                self.assertEqual(self._post(f"{base}/cancel").status_code, 404)
                self.assertEqual(
                    self._post(f"{base}/move", at="2026-12-01T08:00").status_code, 404
                )
        self.assertEqual(other.state, "confirmed")

    def test_after_the_deadline_nothing_is_changed(self):
        with freeze_time(at(7) - timedelta(hours=23)):
            self.authenticate(None, None)
            self.assertEqual(self._post(f"{self.base}/cancel").status_code, 409)
            response = self._post(f"{self.base}/move", at="2026-12-01T08:00")
            self.assertEqual(response.status_code, 409)
            page = self.url_open(self.base)
        self.assertNotIn(f"{self.base}/cancel", page.text)
        self.assertEqual((self.visit.state, self.visit.start_at), ("confirmed", at(7)))

    def test_visit_that_is_over_is_not_changed(self):
        self.page.change_deadline_hours = 0
        self.env.flush_all()
        with freeze_time(at(9)):
            self.authenticate(None, None)
            self.assertEqual(self._post(f"{self.base}/cancel").status_code, 409)

    def test_file_for_the_calendar_says_the_same_time(self):
        response = self.url_open(f"{self.base}/ics")
        self.assertIn("text/calendar", response.headers["Content-Type"])
        self.assertIn("DTSTART:20261130T070000Z", response.text)
        self.assertNotIn(self.visit.token, response.text)

    def test_page_speaks_the_language_of_the_visit(self):
        self.visit.lang = "pl_PL"
        self.env.flush_all()
        page = self.url_open(self.base, headers={"Accept-Language": "en"})
        self.assertIn('lang="pl-PL"', page.text)
        self.assertIn("poniedziałek, 30 listopada 2026", page.text)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingInvite(SelfBookingHttpCase):
    """The client was sent a personal link."""

    def setUp(self):
        super().setUp()
        self.page.is_public = False
        self.activity = self._create_activity(
            self.anna, kind="meeting", day=10, partner_id=self.client_b.id
        )
        invites = self.env["gestor.self.booking.invite"]
        self.invite = invites._gestor_make(self.page, self.client_b, self.activity)
        self.path = self.invite._get_path()
        self.env.flush_all()

    def test_client_chooses_the_time_of_a_planned_activity(self):
        page = self.url_open(f"{self.path}?at=2026-11-30T07:00")
        self.assertIn("biuro@beta.example", page.text)
        response = self._post_booking(email="biuro@beta.example")
        self.assertEqual(response.status_code, 303)
        visit = self._get_visits()
        self.assertEqual(visit.activity_id, self.activity)
        self.assertEqual(visit.partner_id, self.client_b)
        self.assertEqual(self.activity.planned_start_at, at(7))
        self.assertEqual(self.activity.name, "Work")

    def test_link_books_one_visit_and_then_leads_to_it(self):
        self._post_booking()
        second = self._post_booking(at(8), request_key="z" * 24)
        visit = self._get_visits()
        self.assertEqual(len(visit), 1)
        self.assertIn(visit._get_path(), second.headers["Location"])
        visit._gestor_cancel("staff")
        self.env.flush_all()
        self.assertEqual(self.url_open(self.path).status_code, 404, "the work is over")

    def test_old_forged_and_foreign_links_tell_nothing(self):
        other = self.invite._gestor_make(self.page, self.client_a)
        forged = f"/gestor/booking/i/{other.id}/{self.invite.token}"
        self.env.flush_all()
        self.assertEqual(self.url_open(forged).status_code, 404)
        self.assertEqual(self._post_booking(path=forged).status_code, 404)
        self.invite.expires_at = "2026-01-01"
        self.env.flush_all()
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 404)
        self.assertNotIn("Beta", page.text)
        self.assertEqual(self._post_booking().status_code, 404)
        self.assertFalse(self._get_visits())
