from odoo.http import serialize_exception
from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

from ..exceptions import AutomatLoopError


@tagged("post_install", "-at_install")
class TestErrorDialog(BaseCase):
    def test_browser_shows_the_error_as_a_message_to_the_user(self):
        error = AutomatLoopError("Message", [])
        told = serialize_exception(error)
        path = "gestor_automation/static/src/errors/error_dialog.esm.js"
        with file_open(path) as source:
            self.assertIn(f'"{told["name"]}"', source.read())
        self.assertEqual(told["arguments"][0], "Message")
