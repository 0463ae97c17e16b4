import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers import main
from .common import GestorCallListsCommon

URL = "/gestor/call/incoming"
BUS = "odoo.addons.bus.models.bus_listener_mixin.BusListenerMixin._bus_send"


@tagged("post_install", "-at_install")
class TestIncomingCall(GestorCallListsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.token = cls.company._gestor_new_call_token()
        cls.anna.gestor_call_extension = "101"
        # limits count by the clock of the database, and across tests
        cls.env.cr.execute("DELETE FROM gestor_rate_limit WHERE key LIKE 'call.%'")

    def _call(self, token=None, sent=None, **values):
        """Call the webhook; return the status, the state and what was shown."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = json.dumps(values) if sent is None else sent
        with patch(BUS, autospec=True) as send:
            response = self.url_open(URL, data=body, headers=headers)
        shown = [(call.args[0], *call.args[1:]) for call in send.call_args_list]
        return response, shown

    def test_user_whose_phone_rings_sees_who_calls(self):
        response, shown = self._call(
            self.token, number="+48 600-100-100", extension="101"
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json(), {"state": "shown"})
        [(user, kind, payload)] = shown
        self.assertEqual(user, self.anna)
        self.assertEqual(kind, "gestor_call_lists/incoming")
        self.assertEqual(
            [caller["id"] for caller in payload["callers"]], self.first.ids
        )

    def test_form_and_guardian(self):
        self.second.user_id = self.piotr
        with patch(BUS, autospec=True) as send:
            response = self.url_open(
                URL, data={"token": self.token, "number": "600100101"}
            )
        self.assertEqual(response.json(), {"state": "shown"})
        self.assertEqual(send.call_args.args[0], self.piotr)

    def test_nothing_is_kept_of_a_call(self):
        count = self.env["gestor.activity"].search_count([])
        self._call(self.token, number="600100100", extension="101")
        self.assertEqual(self.env["gestor.activity"].search_count([]), count)

    def test_unknown_number_is_shown_as_it_is(self):
        _response, shown = self._call(
            self.token, number="799 000 000", user=self.anna.login
        )
        payload = shown[0][2]
        self.assertEqual((payload["number"], payload["callers"]), ("799 000 000", []))

    def test_client_of_another_company_is_not_shown(self):
        self.first.company_id = self.env["res.company"].create({"name": "Other"})
        _response, shown = self._call(self.token, number="600100100", extension="101")
        self.assertFalse(shown[0][2]["callers"])

    def test_user_without_activities_is_not_told(self):
        self.employee.gestor_call_extension = "102"
        response, shown = self._call(self.token, number="600100100", extension="102")
        self.assertEqual(response.json(), {"state": "nobody_to_tell"})
        self.assertFalse(shown)

    def test_wrong_tokens_are_refused_and_then_stopped(self):
        wrong = [
            None,
            self.token + "x",
            f"{self.company.id}.",
            "999999.secret",
            "99999999999999999999.x",
            "²." + self.token,
        ]
        with patch.object(main, "BAD_TOKENS", len(wrong)):
            for token in wrong:
                token = token and token.encode("utf-8").decode("latin-1")
                response, shown = self._call(token, number="600100100")
                self.assertEqual(response.status_code, 401, token)
                self.assertFalse(shown)
            response, _shown = self._call("bad", number="600100100")
        self.assertEqual(response.status_code, 429)

    def test_token_in_the_address_is_refused(self):
        response = self.url_open(
            f"{URL}?token={self.token}&number=600100100", data={"x": "1"}
        )
        self.assertEqual(response.status_code, 401)

    def test_flood_is_stopped(self):
        with patch.object(main, "CALLS", 2):
            answers = [
                self._call(self.token, number="600100100", extension="101")
                for _number in range(3)
            ]
        statuses = [response.status_code for response, _shown in answers]
        self.assertEqual(statuses, [200, 200, 429])
        self.assertFalse(answers[-1][1])

    @mute_logger("odoo.http")
    def test_huge_body_is_refused(self):
        response, shown = self._call(self.token, sent="x" * 20_000)
        self.assertEqual(response.status_code, 413)
        self.assertFalse(shown)

    def test_rubbish_is_refused(self):
        for sent in ("not json", "[1]", "[" * 5_000, "{}"):
            response, _shown = self._call(self.token, sent=sent)
            self.assertEqual(response.status_code, 400, sent[:20])
        self.assertEqual(self.url_open(URL).status_code, 405)

    def test_new_token_stops_the_old_one_and_only_its_hash_is_kept(self):
        old = self.token
        settings = self.env["res.config.settings"].create({})
        new = settings.action_gestor_call_token()["params"]["message"]
        self.assertEqual(self._call(old, number="1")[0].status_code, 401)
        self.assertEqual(
            self._call(new, number="600100100", extension="101")[0].status_code, 200
        )
        secret = new.partition(".")[2]
        self.assertNotIn(secret, self.company.sudo().gestor_call_token_hash)
        with self.assertRaises(AccessError):
            self.company.with_user(self.chief).read(["gestor_call_token_hash"])
        with self.assertRaises(AccessError):
            self.company.with_user(self.chief)._gestor_new_call_token()
