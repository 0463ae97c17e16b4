import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.gestor_consents.lib import verdict


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engine_hold(self):
        result = doctest.testmod(verdict)
        self.assertGreater(result.attempted, 5)
        self.assertFalse(result.failed)
