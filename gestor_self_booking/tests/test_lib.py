import doctest

from odoo.tests import BaseCase, tagged

from ..lib import ics, months, slots


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    """The examples of the engines are true."""

    def test_examples(self):
        for module in (slots, months, ics):
            with self.subTest(module=module.__name__):
                failed, tried = doctest.testmod(module)
                self.assertFalse(failed)
                self.assertTrue(tried)
