import doctest

from odoo.tests import BaseCase, tagged

from ..lib import plain_text


@tagged("post_install", "-at_install")
class TestPlainText(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(plain_text)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)
