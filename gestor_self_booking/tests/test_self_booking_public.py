from lxml import html

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import MONDAY, NOW, SelfBookingHttpCase, at


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSelfBookingPublic(SelfBookingHttpCase):
    """A visitor chooses a slot and books it, without JavaScript."""

    def _links(self, response):
        tree = html.fromstring(response.text)
        return [link.get("href") for link in tree.xpath("//a[@href]")]

    def test_visitor_walks_from_the_link_to_the_visit(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        day = next(link for link in self._links(page) if "day=2026-11-30" in link)
        page = self.url_open(day)
        hour = next(link for link in self._links(page) if "at=2026-11-30T07" in link)
        page = self.url_open(hour)
        form = html.fromstring(page.text).xpath("//form[@method='post']")[0]
        data = {field.get("name"): field.get("value") or "" for field in form.inputs}
        data.update(name="Jan Nowy", email="jan@nowy.example")
        response = self._post(form.get("action"), **data)
        self.assertEqual(response.status_code, 303)
        visit = self._get_visits()
        self.assertEqual((visit.start_at, visit.state), (at(7), "confirmed"))
        page = self.url_open(response.headers["Location"])
        self.assertIn("The visit is booked", page.text)
        self.assertIn("8:00", page.text)
        mail = self._mails()
        self.assertIn(visit._get_url(), mail.body_html)
        self.assertEqual(mail.attachment_ids.name, "visit.ics")

    def test_reading_changes_nothing(self):
        for path in ("", "?at=2026-11-30T07:00", "?day=2026-12-01&lang=pl_PL"):
            self.assertEqual(self.url_open(self.path + path).status_code, 200)
        with mute_logger("odoo.http"):
            page = self.url_open(f"{self.path}/book?at=2026-11-30T07:00&name=x")
        self.assertIn(page.status_code, (404, 405))
        self.assertFalse(self._get_visits())

    def test_nonsense_in_the_address_is_left_out(self):
        query = "?d=x&u=-1&tz=Mars/Base&day=31.11&month=2026-99&at=now&lang=xx_XX"
        page = self.url_open(self.path + query)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Europe/Warsaw", page.text)
        far = self.url_open(f"{self.path}?month=9999-12&day=0001-01-01")
        self.assertEqual(far.status_code, 200)

    def test_taken_slot_offers_the_next_ones(self):
        self.page.user_ids = self.anna
        self._book(at(7))
        response = self._post_booking(email="second@nowy.example")
        self.assertEqual(response.status_code, 409)
        self.assertIn("just been taken", response.text)
        self.assertIn("at=2026-11-30T08%3A00", response.text)
        self.assertEqual(len(self._get_visits()), 1)

    def test_times_that_are_no_slots_are_refused(self):
        for start in (at(7, minute=7), at(20), at(7, day=-7), at(7, day=300)):
            with self.subTest(start=start):
                self.assertEqual(self._post_booking(start).status_code, 409)
        self.assertFalse(self._get_visits())

    def test_second_click_leads_to_the_same_visit(self):
        first = self._post_booking()
        self.assertEqual(
            self._post_booking().headers["Location"], first.headers["Location"]
        )
        self.assertEqual(len(self._get_visits()), 1)

    def test_form_says_what_to_mend_and_keeps_the_rest(self):
        self.page.write(
            {
                "is_phone_required": True,
                "consent_text": "<p>I agree</p>",
                "question_ids": [
                    Command.create(
                        {"name": "Topic", "kind": "choice", "choices": "Roof\nWall"}
                    )
                ],
            }
        )
        key = f"q{self.page.question_ids.id}"
        wrong = (
            {"name": " "},
            {"email": "nobody"},
            {"phone": "12"},
            {"phone": ""},
            {"consent": ""},
            {key: "Door"},
            {"name": "x" * 200},
        )
        good = {"phone": "600 100 300", "consent": "1", key: "Roof"}
        for vals in wrong:
            with self.subTest(vals=vals):
                self.env["gestor.rate.limit"].search([]).unlink()
                response = self._post_booking(**{**good, "name": "Ewa & Co", **vals})
                self.assertEqual(response.status_code, 422)
                self.assertIn("is-invalid", response.text)
                self.assertIn(
                    "jan@nowy.example",
                    response.text.replace("nobody", "jan@nowy.example"),
                )
        self.assertFalse(self._get_visits())
        self.assertEqual(self._post_booking(**good).status_code, 303)
        visit = self._get_visits()
        self.assertEqual((visit.answers, visit.consent), ("Topic: Roof", "I agree"))

    def test_answers_cannot_bring_html_or_new_lines_into_names(self):
        bad = "<img src=x onerror=alert(1)>"
        self._post_booking(name=f"{bad}\r\nBcc: all@nowy.example")
        visit = self._get_visits()
        self.assertNotIn("\n", visit.name)
        self.assertNotIn("<img", visit.activity_id.description)
        page = self.url_open(visit._get_path())
        self.assertNotIn("<img src=x", page.text)

    def test_programs_are_turned_away(self):
        response = self._post_booking(website="http://spam.example")
        self.assertEqual(response.status_code, 400)
        with mute_logger("odoo.http"):
            response = self._post_booking(csrf_token="")
        self.assertEqual(response.status_code, 400)
        with mute_logger("odoo.http"):
            response = self._post_booking(name="x" * 100_000)
        self.assertEqual(response.status_code, 413)
        self.assertFalse(self._get_visits())

    def test_flood_of_one_address_is_stopped(self):
        codes = [
            self._post_booking(name="", request_key=f"{number:024}").status_code
            for number in range(12)
        ]
        self.assertEqual(codes, [422] * 10 + [429] * 2)

    def test_one_mailbox_is_not_flooded_from_many_addresses(self):
        for number in range(6):
            response = self._post_booking(
                at(7, day=number % 5), request_key=f"{number:024}"
            )
        self.assertEqual(response.status_code, 429)
        self.assertEqual(len(self._get_visits()), 5)

    def test_closed_page_is_as_good_as_none(self):
        self.page.is_public = False
        closed = self.url_open(self.path)
        missing = self.url_open("/gestor/booking/p/no-such-page")
        self.assertEqual((closed.status_code, missing.status_code), (404, 404))
        self.assertNotIn("Talk", closed.text)
        self.assertEqual(self._post_booking().status_code, 404)
        self.assertFalse(self._get_visits())
        self.authenticate(self.anna.login, self.anna.login)
        self.assertEqual(self.url_open(self.path).status_code, 200)

    def test_archived_page_is_gone(self):
        self.page.active = False
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_wrong_links_are_limited(self):
        for _try in range(31):
            page = self.url_open("/gestor/booking/p/no-such-page")
        self.assertEqual(page.status_code, 429)

    def test_known_and_unknown_clients_see_the_same(self):
        self.page.pick_mode = "guardian"
        self.client_b.user_id = self.piotr
        texts = []
        for number, email in enumerate((self.client_b.email, "no@nowy.example")):
            response = self._post_booking(
                at(7, day=number), email=email, request_key=f"{number:024}"
            )
            page = self.url_open(response.headers["Location"]).text
            for name in (self.piotr.name, self.anna.name, self.client_b.name):
                self.assertNotIn(name, page)
            texts.append(response.status_code)
        self.assertEqual(texts, [303, 303])

    def test_page_speaks_the_language_of_the_browser(self):
        page = self.url_open(self.path, headers={"Accept-Language": "pl"})
        self.assertIn('lang="pl-PL"', page.text)
        self.assertIn("listopada", page.text)
        page = self.url_open(
            f"{self.path}?lang=en_US", headers={"Accept-Language": "pl"}
        )
        self.assertIn("November", page.text)

    def test_hours_are_on_the_clock_of_the_visitor(self):
        page = self.url_open(f"{self.path}?tz=America/New_York&day=2026-11-30")
        self.assertIn("2:00", page.text)
        response = self._post_booking(tz="America/New_York")
        page = self.url_open(response.headers["Location"])
        self.assertIn("Monday, 30 November 2026, 02:00", page.text)
        self.assertEqual(self._get_visits().start_at, at(7))

    def test_hour_that_the_clock_shows_twice_is_told_apart(self):
        self.page.write(
            {
                "window_ids": [
                    Command.clear(),
                    Command.create({"weekday": "6", "hour_from": 2, "hour_to": 3}),
                ],
                "durations": "30",
            }
        )
        with freeze_time("2026-10-20 12:00:00"):
            page = self.url_open(f"{self.path}?day=2026-10-25")
        # which clock is which stands in the examples of the engine: a frozen clock
        # does not know the second hour from the first
        self.assertEqual(page.text.count("(CE"), 4)

    def test_page_is_kept_out_of_frames_caches_and_search_engines(self):
        headers = self.url_open(self.path).headers
        self.assertIn("noindex", headers["X-Robots-Tag"])
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Content-Security-Policy"], "frame-ancestors 'self'")

    def test_page_of_another_company_makes_visits_there(self):
        company = self.env["res.company"].create({"name": "Second"})
        person = self._create_user(
            "second",
            "base.group_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        page = self._create_page(
            company_id=company.id, user_ids=[Command.set(person.ids)]
        )
        response = self._post_booking(path=page._get_path())
        self.assertEqual(response.status_code, 303)
        visit = self._get_visits(page)
        self.assertEqual(visit.company_id, company)
        self.assertEqual(visit.activity_id.company_id, company)
        self.assertEqual(visit.partner_id.company_id, company)

    def test_visit_to_approve_waits_and_keeps_the_time(self):
        self.page.is_approved_by_hand = True
        response = self._post_booking()
        page = self.url_open(response.headers["Location"])
        self.assertIn("waits for confirmation", page.text)
        visit = self._get_visits()
        self.assertEqual(visit.state, "waiting")
        self.assertEqual(visit.activity_id.user_id, self.anna)
        self.assertNotIn(self.anna, self.page._gestor_slots(60)[MONDAY.replace(hour=7)])
