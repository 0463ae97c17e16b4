from datetime import UTC, datetime, time, timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon

from ..exceptions import SlotTakenError

RACES = 20


@tagged("post_install", "-at_install", "gestor_race")
class TestSelfBookingRace(GestorRaceCommon):
    """Two clients press the button at the same instant, in real transactions."""

    race_context = {"tracking_disable": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._transaction() as env:
            people = env["res.users"].create(
                [
                    {"name": f"Racer {n}", "login": f"self_booking_racer_{n}"}
                    for n in range(2)
                ]
            )
            windows = [
                Command.create({"weekday": str(day), "hour_from": 6, "hour_to": 22})
                for day in range(7)
            ]
            pages = env["gestor.self.booking.page"].create(
                [
                    {
                        "name": "Race",
                        "user_ids": [Command.set(users.ids)],
                        "hours_kind": "own",
                        "window_ids": windows,
                        "tz": "UTC",
                        "durations": "60",
                        "mail_reminder_hours": 0,
                    }
                    for users in (people[0], people)
                ]
            )
            cls.people_ids, cls.page_ids = people.ids, pages.ids
        cls.addClassCleanup(cls._clean)
        tomorrow = datetime.now(UTC).date() + timedelta(days=2)
        cls.morning = datetime.combine(tomorrow, time(8))

    @classmethod
    def _clean(cls):
        with cls._transaction() as env:
            visits = env["gestor.self.booking"].search(
                [("page_id", "in", cls.page_ids)]
            )
            partners = visits.partner_id
            env["mail.mail"].search([("email_to", "like", "@race.example")]).unlink()
            activities = visits.activity_id
            visits.unlink()
            activities.unlink()
            partners.unlink()
            env["gestor.self.booking.page"].browse(cls.page_ids).unlink()
            env["res.users"].browse(cls.people_ids).unlink()

    def _race_for_slot(self, works):
        """Let all do their work at the same instant; return what became of each."""
        results = self._race(*works, refusals=SlotTakenError)
        return sorted(
            "taken" if isinstance(result, SlotTakenError) else result
            for result in results
        )

    def _get_booker(self, page_id, start, number, key=None):
        def book(env):
            page = env["gestor.self.booking.page"].browse(page_id)
            values = {
                "start": start,
                "minutes": 60,
                "name": f"Racer {number}",
                "email": f"racer{'' if key else number}@race.example",
                "request_key": key,
            }
            visit = env["gestor.self.booking"]._gestor_book(page, values)
            return f"booked {visit.id}" if key else "booked"

        return book

    def _get_start(self, number):
        return self.morning + timedelta(days=number // 10, hours=number % 10)

    def test_one_of_two_gets_the_slot(self):
        for number in range(RACES):
            start = self._get_start(number)
            works = [self._get_booker(self.page_ids[0], start, n) for n in range(2)]
            with self.subTest(number=number):
                self.assertEqual(self._race_for_slot(works), ["booked", "taken"])

    def test_two_of_three_get_the_slot_where_there_are_two_people(self):
        for number in range(3):
            start = self._get_start(30 + number)
            works = [self._get_booker(self.page_ids[1], start, n) for n in range(3)]
            with self.subTest(number=number):
                self.assertEqual(
                    self._race_for_slot(works), ["booked", "booked", "taken"]
                )

    def test_double_click_books_once(self):
        start = self._get_start(60)
        works = [
            self._get_booker(self.page_ids[1], start, n, key="d" * 24) for n in range(2)
        ]
        results = self._race_for_slot(works)
        self.assertEqual(results[0], results[1])
        self.assertTrue(results[0].startswith("booked"))

    def test_who_moves_and_who_books_do_not_get_the_same_slot(self):
        for number in range(5):
            first, wanted = (
                self._get_start(70 + 2 * number),
                self._get_start(71 + 2 * number),
            )
            with self._transaction() as env:
                page = env["gestor.self.booking.page"].browse(self.page_ids[0])
                values = {
                    "start": first,
                    "minutes": 60,
                    "name": "Mover",
                    "email": "mover@race.example",
                }
                visit_id = env["gestor.self.booking"]._gestor_book(page, values).id

            def move(env, visit_id=visit_id, wanted=wanted):
                env["gestor.self.booking"].browse(visit_id)._gestor_move(wanted)
                return "booked"

            works = [move, self._get_booker(self.page_ids[0], wanted, 9)]
            with self.subTest(number=number):
                self.assertEqual(self._race_for_slot(works), ["booked", "taken"])
