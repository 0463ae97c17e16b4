from odoo.tests import freeze_time, tagged

from .common import NOW, GestorSelfBookingCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingPrivacy(GestorSelfBookingCommon):
    """A client who is forgotten is forgotten in the booked visits too."""

    def _anonymise(self, partner):
        wizard = self.env["gestor.person.anonymise"].create(
            {"partner_id": partner.id, "note": "Letter of 1 March"}
        )
        wizard.action_anonymise()
        return wizard.obstacles

    def test_visit_of_a_forgotten_client_names_nobody(self):
        visit = self._book(phone="600 999 888", answers="Topic: roof")
        partner, activity, path = visit.partner_id, visit.activity_id, visit._get_path()
        with freeze_time(at(12)):
            self._anonymise(partner)
        self.assertRecordValues(
            visit,
            [
                {
                    **dict.fromkeys(("email", "phone", "address", "answers"), False),
                    "state": "confirmed",
                    "start_at": at(7),
                    "user_id": self.anna.id,
                }
            ],
        )
        event = activity.event_id
        self.assertTrue(event)
        texts = [visit.name]
        for record in (activity, event):
            texts += [record.name, str(record.description), str(record.location)]
        self.assertNotIn("Nowy", " ".join(texts))
        self.assertIn("Talk", activity.name)
        self.assertNotEqual(visit._get_path(), path, "the old link is dead")

    def test_visit_ahead_has_to_be_cancelled_first(self):
        visit = self._book()
        self.assertIn("still ahead: 1", self._anonymise(visit.partner_id))
        self.assertEqual(visit.email, "jan@nowy.example")
        visit._gestor_cancel("staff")
        self._anonymise(visit.partner_id)
        self.assertFalse(visit.email)

    def test_personal_link_of_a_forgotten_client_is_gone(self):
        invite = self.env["gestor.self.booking.invite"]._gestor_make(
            self.page, self.client_a
        )
        self._anonymise(self.client_a)
        self.assertFalse(invite.exists())

    def test_visits_are_handed_over_without_secrets(self):
        visit = self._book(answers="Topic: roof")
        data, _files = self.env["gestor.personal.data"]._collect(visit.partner_id)
        [row] = data["gestor.self.booking"]
        self.assertEqual(row["answers"], "Topic: roof")
        self.assertNotIn("token", row)
        self.assertNotIn("request_key", row)
