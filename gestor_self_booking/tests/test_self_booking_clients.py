from odoo import Command
from odoo.tests import freeze_time, tagged

from ..exceptions import SlotTakenError
from .common import NOW, GestorSelfBookingCommon, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingClients(GestorSelfBookingCommon):
    """Who comes, and who receives him."""

    def test_unknown_client_becomes_a_potential_one(self):
        visit = self._book(phone="600 999 888", answers="Topic: roof")
        self.assertRecordValues(
            visit.partner_id,
            [
                {
                    "name": "Jan Nowy",
                    "email": "jan@nowy.example",
                    "phone": "600 999 888",
                    "gestor_kind": "potential",
                    "company_id": self.env.company.id,
                }
            ],
        )
        activity = visit.activity_id
        self.assertRecordValues(
            activity,
            [
                {
                    "partner_id": visit.partner_id.id,
                    "user_id": self.anna.id,
                    "planned_start_at": at(7),
                    "planned_stop_at": at(8),
                    "state": "planned",
                }
            ],
        )
        self.assertIn("Topic: roof", activity.description)
        self.assertEqual(activity.event_id.start, at(7))
        self.assertEqual(activity.executor_ids.user_id, self.anna)

    def test_known_client_is_found_and_the_card_stays_as_it_is(self):
        for vals in ({"email": "BIURO@beta.example"}, {"phone": "+48 600-777-123"}):
            with self.subTest(vals=vals):
                visit = self._book(at(7) if "email" in vals else at(8), **vals)
                known = self.client_b if "email" in vals else self.client_a
                self.assertEqual(visit.partner_id, known)
                self.assertIn(known.name, ("Alfa", "Beta"))
                self.assertEqual(visit.name, "Jan Nowy")
        self.assertFalse(self.client_b.phone)
        self.assertFalse(self.client_a.email)

    def test_phone_of_many_clients_belongs_to_none(self):
        self.client_b.phone = self.client_a.phone
        visit = self._book(phone=self.client_a.phone)
        self.assertNotIn(visit.partner_id, self.client_a | self.client_b)

    def test_client_is_found_by_the_nip_and_a_wrong_one_is_not_kept(self):
        self.client_a.vat = "5252144764"
        visit = self._book(nip="525-21-44-764")
        self.assertEqual(visit.partner_id, self.client_a)
        visit = self._book(at(8), nip="123", email="other@nowy.example")
        self.assertFalse(visit.partner_id.vat)

    def test_client_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Second"})
        self.client_b.company_id = other
        visit = self._book(email=self.client_b.email)
        self.assertNotEqual(visit.partner_id, self.client_b)

    def test_load_sends_each_next_client_to_who_has_fewest(self):
        self.page.pick_mode = "load"
        people = [self._book(at(7, day=day)).user_id for day in range(4)]
        self.assertEqual(people, [self.anna, self.piotr, self.anna, self.piotr])

    def test_guardian_takes_the_own_client_and_others_when_not_free(self):
        self.page.pick_mode = "guardian"
        self.client_b.user_id = self.piotr
        visit = self._book(email=self.client_b.email)
        self.assertEqual(visit.user_id, self.piotr)
        self.assertFalse(visit._get_shown_person(), "it would tell a known client")
        visit = self._book(email=self.client_b.email)
        self.assertEqual(visit.user_id, self.anna)

    def test_chosen_person_takes_it_or_nobody(self):
        self.page.pick_mode = "client"
        visit = self._book(users=self.piotr)
        self.assertEqual(visit.user_id, self.piotr)
        with self.assertRaises(SlotTakenError):
            self._book(users=self.piotr)
        self.assertEqual(self._book().user_id, self.anna)

    def test_slot_that_never_was_one_is_refused(self):
        for start in (at(7, minute=10), at(9), at(7, day=5), at(7, day=-7)):
            with self.subTest(start=start), self.assertRaises(SlotTakenError):
                self._book(start)

    def test_form_sent_twice_books_once(self):
        first = self._book(request_key="k" * 24)
        self.assertEqual(self._book(request_key="k" * 24), first)
        again = self._book(request_key="x" * 24, email="other@nowy.example")
        self.assertNotEqual(again, first)

    def test_key_of_somebody_elses_form_shows_nothing_of_it(self):
        self._book(request_key="k" * 24)
        page = self._create_page(user_ids=[Command.set(self.piotr.ids)])
        found = self.bookings._find_same(
            page, {"request_key": "k" * 24, "email": "jan@nowy.example"}, None
        )
        self.assertFalse(found)
        found = self.bookings._find_same(
            self.page, {"request_key": "k" * 24, "email": "x@nowy.example"}, None
        )
        self.assertFalse(found)
