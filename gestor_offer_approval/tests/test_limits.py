import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.gestor_offer_approval.lib import limits


@tagged("post_install", "-at_install")
class TestLimits(BaseCase):
    def test_examples_of_the_engine_hold(self):
        result = doctest.testmod(limits)
        self.assertEqual(result.failed, 0)
        self.assertGreater(result.attempted, 8)
