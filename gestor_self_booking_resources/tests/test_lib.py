import doctest

from odoo.tests import BaseCase, tagged

from ..models import gestor_self_booking_page


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_of_the_docstrings(self):
        results = doctest.testmod(gestor_self_booking_page)
        self.assertEqual(results.failed, 0)
        self.assertGreater(results.attempted, 0)
