import doctest

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..lib import clock


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_of_the_engine_hold(self):
        result = doctest.testmod(clock)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)
