from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import GestorBaseCommon


@tagged("post_install", "-at_install")
class TestSearch(GestorBaseCommon):
    def test_only_users_of_gestor_search_everywhere(self):
        search = self.env["gestor.search"]
        self.assertEqual(search.with_user(self.user).search_everywhere("qq-none"), [])
        with self.assertRaises(AccessError):
            search.with_user(self.employee).search_everywhere("qq-none")

    def test_empty_text_means_nothing(self):
        search = self.env["gestor.search"].with_user(self.user)
        for text in ("", "  ", "xy", None, False):
            with self.subTest(text=text):
                self.assertEqual(search.search_everywhere(text), [])


@tagged("post_install", "-at_install")
class TestSession(GestorBaseCommon, HttpCase):
    def _get_session(self, user):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info", {})

    def test_session_of_a_gestor_user_knows_the_kinds(self):
        kinds = self._get_session(self.user)["gestor_search_kinds"]
        expected = self.env["gestor.search"].with_user(self.user)._get_kinds()
        self.assertEqual(
            [kind["model"] for kind in kinds], [kind["model"] for kind in expected]
        )

    def test_session_of_another_employee_does_not(self):
        self.assertNotIn("gestor_search_kinds", self._get_session(self.employee))
