import doctest

from odoo.tests import BaseCase, tagged

from ..lib import names


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engine_are_true(self):
        result = doctest.testmod(names)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)

    def test_key_of_a_key_is_the_key(self):
        for text in ("P.H.U. Żółw S.A.", "Jan Kowalski", "A & B sp.j."):
            once = names.key(text)
            with self.subTest(text=text):
                self.assertEqual(names.key(once), once)
