import doctest

from odoo.tests import BaseCase, tagged

from ..lib import list_arch, record_template


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engines_are_true(self):
        for module in (list_arch, record_template):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_conditions_that_a_row_cannot_tell_are_refused(self):
        for domain in (
            [("partner_id.city", "=", "X")],
            [("name", "ilike", "x")],
            ["&", ("a", "=", 1)],
        ):
            with self.subTest(domain=domain), self.assertRaises(ValueError):
                list_arch.to_expression(domain)
