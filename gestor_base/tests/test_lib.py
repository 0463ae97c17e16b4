import doctest

from odoo.tests import BaseCase, tagged

from ..lib import relation_graph


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engines_are_true(self):
        result = doctest.testmod(relation_graph)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)
