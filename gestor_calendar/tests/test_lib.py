import doctest

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..lib import wall_clock


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(wall_clock)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)
