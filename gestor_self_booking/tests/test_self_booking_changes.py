from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, GestorSelfBookingCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingChanges(GestorSelfBookingCommon):
    """What employees do with the activity reaches the client."""

    def setUp(self):
        super().setUp()
        self.visit = self._book(at(7))
        self.activity = self.visit.activity_id.with_user(self.anna)

    def _subjects(self):
        return [mail.subject.split(":")[0] for mail in self._mails()]

    def test_employee_moves_the_activity_and_the_client_is_told_once(self):
        self.activity.write(
            {"planned_start_at": at(8, day=2), "planned_stop_at": at(9, day=2)}
        )
        self.assertRecordValues(
            self.visit,
            [{"start_at": at(8, day=2), "stop_at": at(9, day=2), "move_count": 1}],
        )
        self.assertEqual(self._subjects(), ["Visit confirmed", "Visit moved"])

    def test_employee_changes_something_else_and_nobody_is_told(self):
        self.activity.write({"name": "Talk about the roof", "priority": "1"})
        self.activity.write({"planned_start_at": at(7)})
        self.assertEqual(self._subjects(), ["Visit confirmed"])

    def test_employee_moves_the_meeting_in_the_calendar(self):
        self.activity.event_id.write({"start": at(8), "stop": at(9)})
        self.assertEqual(self.visit.start_at, at(8))
        self.assertEqual(self._subjects(), ["Visit confirmed", "Visit moved"])

    def test_employee_cancels_or_deletes_and_the_client_is_told_once(self):
        other = self._book(at(8), email="other@nowy.example")
        self.activity.action_cancel()
        other.activity_id.with_user(self.anna).unlink()
        for visit in self.visit | other:
            self.assertEqual((visit.state, visit.cancelled_by), ("cancelled", "staff"))
        self.assertEqual(self._subjects(), ["Visit confirmed", "Visit cancelled"])
        self.assertEqual(len(self._mails("other@nowy.example")), 2)

    def test_employee_finishes_the_activity_and_the_visit_stands(self):
        self.activity.action_finish()
        self.assertEqual(self.visit.state, "confirmed")
        self.assertEqual(self._subjects(), ["Visit confirmed"])

    def test_visit_follows_to_another_person(self):
        self.activity.with_user(self.desk)._gestor_delegate(self.piotr)
        self.assertEqual(self.visit.user_id, self.piotr)
        self.assertIn(self.anna, self.page._gestor_slots(60)[at(7)])
        self.assertNotIn(self.piotr, self.page._gestor_slots(60)[at(7)])

    def test_employee_confirms_what_waits(self):
        self.page.is_approved_by_hand = True
        visit = self._book(at(8), email="wait@nowy.example")
        visit.with_user(visit.user_id).action_confirm()
        self.assertEqual(visit.state, "confirmed")
        subjects = [mail.subject for mail in self._mails("wait@nowy.example")]
        self.assertIn("We have your booking", subjects[0])
        self.assertIn("Visit confirmed", subjects[1])
        with self.assertRaises(UserError):
            visit.with_user(visit.user_id).action_confirm()

    def test_employee_decides_about_own_visits_only(self):
        stranger = self.visit.with_user(self.piotr)
        with self.assertRaises(AccessError):
            stranger.action_cancel()
        self.visit.with_user(self.desk).action_cancel()
        self.assertEqual(self.activity.state, "cancelled")

    def test_person_is_told_of_bookings_moves_and_cancelling(self):
        todo = self.activity.executor_ids.mail_activity_id
        self.assertEqual(todo.user_id, self.anna)
        self.env.flush_all()
        self.visit._gestor_move(at(8))
        self.visit._gestor_cancel("client")
        notes = self.env["mail.message"].search(
            [
                ("model", "=", "gestor.activity"),
                ("res_id", "=", self.activity.id),
                ("partner_ids", "in", self.anna.partner_id.ids),
            ],
            order="id",
        )
        bodies = "".join(notes.mapped("body"))
        self.assertIn("has moved the visit", bodies)
        self.assertIn("has cancelled the visit", bodies)

    def test_employee_proposes_times_by_mail_and_by_link(self):
        proposals = self.env["gestor.self.booking.propose"].with_user(self.anna)
        proposal = proposals.create(
            {"page_id": self.page.id, "partner_id": self.client_b.id}
        )
        proposal.action_send()
        invite = self.env["gestor.self.booking.invite"].search([], limit=1)
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.client_b.ids)], order="id desc", limit=1
        )
        self.assertIn(invite._get_url(), mail.body_html)
        proposal.partner_id = self.client_a
        with self.assertRaises(UserError):
            proposal.action_send()
        proposal.action_make_link()
        self.assertIn("/gestor/booking/i/", proposal.url)
