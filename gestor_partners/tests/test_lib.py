import doctest

from odoo.tests import BaseCase, tagged

from ..lib import anniversary, contact_window, nip, period, person, phone


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_in_the_engines_are_true(self):
        for module in (anniversary, contact_window, nip, period, person, phone):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_each_wrong_digit_is_noticed(self):
        """The check digit notices a change of any one digit."""
        right = "5252144764"
        for place in range(10):
            for digit in "0123456789":
                number = right[:place] + digit + right[place + 1 :]
                with self.subTest(number=number):
                    self.assertEqual(nip.is_valid(number), number == right)

    def test_normal_form_is_stable(self):
        for text in ("525-21-44-764", "PL 525 214 47 64", "DE 136695976", "/", "NIP"):
            once = nip.normalize(text)
            with self.subTest(text=text):
                self.assertEqual(nip.normalize(once), once)
