import doctest

from odoo.tests import TransactionCase, tagged

from ..controllers import offer_input


@tagged("post_install", "-at_install")
class TestPortalInput(TransactionCase):
    def test_doctests_pass(self):
        result = doctest.testmod(offer_input)
        self.assertGreater(result.attempted, 2)
        self.assertEqual(result.failed, 0)
