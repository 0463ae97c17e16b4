import doctest

from odoo.tests import BaseCase, tagged

from ..lib import relation_graph


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engines_are_true(self):
        for module in (relation_graph,):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
