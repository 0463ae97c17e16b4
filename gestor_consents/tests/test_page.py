from odoo import http
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import GestorConsentsCommon
from .smtp import open_mailbox


@tagged("post_install", "-at_install")
class TestPage(GestorConsentsCommon, HttpCase):
    """The public, with nothing but a link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.link = cls.anna._gestor_consent_links()[cls.anna.id]
        cls.path = f"/gestor/consents/{cls.link.id}/{cls.link.token}"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.env["gestor.rate.limit"].search([]).unlink()

    def _answer(self, answer, kind=None, path=None, **data):
        kind = kind or self.newsletter
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        data.setdefault("version", kind.version_id.id)
        return self.url_open(
            f"{path or self.path}/answer",
            data={"kind": kind.id, "answer": answer, **data},
            allow_redirects=False,
        )

    def _post(self, path):
        return self.url_open(
            path,
            data={"csrf_token": http.Request.csrf_token(self)},
            allow_redirects=False,
        )

    def _states(self, partner=None):
        self.env.invalidate_all()
        return dict(
            (consent.type_id, consent.state)
            for consent in (partner or self.anna).gestor_consent_ids
        )

    def test_opening_the_page_changes_nothing(self):
        for path in ("", "/unsubscribe"):
            response = self.url_open(self.path + path)
            self.assertEqual(response.status_code, 200)
            self.assertIn("I agree to Newsletter", response.text)
        self.assertFalse(self._states())
        self.assertFalse(self._get_log(self.anna))

    def test_answers_do_not_come_by_get(self):
        for path in ("/answer", "/withdraw_all", "/renew"):
            with mute_logger("odoo.http"):
                response = self.url_open(f"{self.path}{path}?answer=give")
            self.assertIn(response.status_code, (400, 404, 405))
        self.assertFalse(self._states())

    def test_client_gives_and_withdraws_with_a_proof(self):
        headers = {"User-Agent": "Phone 1"}
        self.opener.headers.update(headers)
        self.assertEqual(self._answer("give").status_code, 303)
        self.assertEqual(self._states(), {self.newsletter: "given"})
        log = self._get_log(self.anna)
        self.assertEqual((log.ip, log.user_agent), ("127.0.0.1", "Phone 1"))
        self.assertEqual(log.source, "web")
        self._answer("withdraw")
        self.assertEqual(self._states(), {self.newsletter: "withdrawn"})

    def test_second_click_changes_nothing(self):
        for _click in range(2):
            self.assertEqual(self._answer("give").status_code, 303)
        self.assertEqual(len(self._get_log(self.anna)), 1)

    def test_answer_without_csrf_token_is_refused(self):
        with mute_logger("odoo.http"):
            response = self._answer("give", csrf_token="")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._states())

    def test_answer_to_an_old_text_is_asked_again(self):
        old = self.newsletter.version_id
        self.newsletter.version_ids = [(0, 0, {"text": "<p>New</p>"})]
        response = self._answer("give", version=old.id)
        self.assertEqual(response.status_code, 409)
        self.assertFalse(self._states())

    def test_wrong_links_tell_nothing_and_are_limited(self):
        stranger = f"/gestor/consents/{self.link.id}/wrong"
        missing = "/gestor/consents/999999/wrong"
        pages = [self.url_open(path) for path in (stranger, missing)]
        for page in pages:
            self.assertEqual(page.status_code, 404)
            self.assertNotIn("Anna", page.text)
        self.assertEqual(self._answer("give", path=stranger).status_code, 404)
        for _try in range(30):
            page = self.url_open(missing)
        self.assertEqual(page.status_code, 429)

    def test_link_of_one_client_answers_for_nobody_else(self):
        other = self.jan._gestor_consent_links()[self.jan.id]
        mixed = f"/gestor/consents/{other.id}/{self.link.token}"
        self.assertEqual(self._answer("give", path=mixed).status_code, 404)
        self.assertFalse(self._states(self.jan))

    def test_type_of_another_company_cannot_be_answered(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.calls.company_id = company
        self.assertEqual(self._answer("give", self.calls).status_code, 400)
        self.assertFalse(self._states())

    def test_page_is_kept_out_of_search_engines_and_caches(self):
        page = self.url_open(self.path)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["Referrer-Policy"], "same-origin")

    def test_page_speaks_polish_to_a_polish_client(self):
        self.anna.lang = "pl_PL"
        page = self.url_open(self.path, headers={"Accept-Language": "en-US"})
        self.assertIn('lang="pl-PL"', page.text)
        self.assertIn("Twoje zgody", page.text)

    def test_one_click_of_the_mail_program_withdraws_all_mail_marketing(self):
        self._record(self.anna, self.newsletter | self.calls)
        response = self.url_open(
            f"{self.path}/unsubscribe", data={"List-Unsubscribe": "One-Click"}
        )
        self.assertEqual(response.status_code, 200)
        states = {self.newsletter: "withdrawn", self.calls: "given"}
        self.assertEqual(self._states(), states)

    def test_old_link_offers_a_new_one_and_still_lets_out(self):
        self._record(self.anna, self.newsletter)
        self.link.expires_at = "2020-01-01"
        page = self.url_open(self.path)
        self.assertNotIn("I agree", page.text)
        self.assertEqual(self._answer("withdraw").status_code, 404)
        self._post(f"{self.path}/withdraw_all")
        self.assertEqual(self._states(), {self.newsletter: "withdrawn"})
        token = self.link.token
        self._post(f"{self.path}/renew")
        self.env.invalidate_all()
        self.assertNotEqual(self.link.token, token)
        with open_mailbox(self.env) as mailbox:
            self.env["mail.mail"].process_email_queue()
        body = mailbox.messages[-1][1].get_body(("html",)).get_content()
        self.assertIn(self.link._get_url(), body)
        self.assertEqual(mailbox.recipients[-1], "anna@alfa.example")

    def test_double_opt_in_counts_after_the_mail_is_confirmed(self):
        self.newsletter.has_double_opt_in = True
        response = self._answer("give")
        self.assertIn("done=confirm", response.headers["Location"])
        self.assertFalse(self._states())
        with open_mailbox(self.env) as mailbox:
            self.env["mail.mail"].process_email_queue()
        body = mailbox.messages[-1][1].get_body(("html",)).get_content()
        path = "/gestor/consents/confirm/" + body.split("/confirm/")[1].split('"')[0]
        page = self.url_open(path)
        self.assertIn("I agree to Newsletter", page.text)
        self.assertFalse(self._states(), "opening the mail's link gives nothing")
        self.assertEqual(self._post(f"{path}x/yes").status_code, 404)
        self._post(f"{path}/yes")
        self.assertEqual(self._states(), {self.newsletter: "given"})

    def test_confirmation_ends_after_three_days(self):
        self.newsletter.has_double_opt_in = True
        with freeze_time("2020-01-01"):
            signed = self._sign()
        self.assertEqual(
            self.url_open(f"/gestor/consents/confirm/{signed}").status_code, 404
        )
        self.assertEqual(
            self.url_open(f"/gestor/consents/confirm/{self._sign()}").status_code, 200
        )

    def _sign(self):
        from odoo.tools import hash_sign

        values = [self.link.id, self.newsletter.id, self.newsletter.version_id.id]
        scope = "gestor_consents-confirm"
        return hash_sign(self.env, scope, values, expiration_hours=72)
