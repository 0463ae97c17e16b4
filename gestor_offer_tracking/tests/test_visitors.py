import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.gestor_offer_tracking.lib import visitors


@tagged("post_install", "-at_install")
class TestVisitors(BaseCase):
    def test_examples_of_the_engine_hold(self):
        result = doctest.testmod(visitors)
        self.assertEqual(result.failed, 0)
        self.assertGreater(result.attempted, 5)
