import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

BAD = "Pilne\x00"


@tagged("post_install", "-at_install")
class TestBadText(HttpCase):
    """A character that no column takes is answered in words, not with a traceback."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "gestor_base.gestor_base_group_manager"
        new_test_user(cls.env, "gestor_bad_text", group, lang="en_US")
        cls.flag = cls.env["gestor.flag"].create({"name": "Urgent"})

    def _call(self, method, *args, model="gestor.flag"):
        self.authenticate("gestor_bad_text", "gestor_bad_text")
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        url = f"/web/dataset/call_kw/{model}/{method}"
        return self.url_open(url, data=body, headers=headers).json()

    @mute_logger("odoo.http", "odoo.sql_db")
    def _assert_refused(self, method, *args, model="gestor.flag"):
        answer = self._call(method, *args, model=model)
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.UserError")
        self.assertIn("invisible character", answer["error"]["data"]["message"])

    def test_manager_creates_with_nul_and_is_told(self):
        # a translated text is JSON in the database, the other one a plain text
        self._assert_refused("create", {"name": BAD})
        self._assert_refused("create", {"name": "Icon", "icon": BAD})

    def test_manager_writes_nul_and_is_told(self):
        self._assert_refused("write", self.flag.ids, {"icon": BAD})

    def test_manager_searches_for_nul_and_is_told(self):
        self._assert_refused("search_count", [("icon", "=", BAD)])

    def test_other_errors_stay_as_they_are(self):
        with mute_logger("odoo.http"):
            answer = self._call("search_count", [("no_such_field", "=", 1)])
        self.assertEqual(answer["error"]["data"]["name"], "builtins.ValueError")
