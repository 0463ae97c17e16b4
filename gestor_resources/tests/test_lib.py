import doctest

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..lib import allocate, busy_intervals, free_intervals, free_time, units


@tagged("post_install", "-at_install")
class TestLib(BaseCase):
    def test_examples_of_the_engines_hold(self):
        for module in (free_time, units):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_units_given_never_overlap(self):
        """A thousand bookings of a resource of seven: as many as fit, none twice."""
        wanted = [
            (number, 1, number % 90, number % 90 + 1 + number % 3, 1)
            for number in range(270)
        ]
        given = allocate(wanted, [], {1: 270})
        seen = {}
        for key, _resource, start, stop, _count in wanted:
            for unit in given[key]:
                for moment in range(start, stop):
                    self.assertNotIn((unit, moment), seen)
                    seen[unit, moment] = key

    def test_free_and_busy_fill_the_window(self):
        busy = busy_intervals([(1, 4), (2, 6), (8, 9)], 1)
        free = free_intervals(busy, 0, 10)
        together = sorted(busy + free)
        self.assertEqual(together[0][0], 0)
        self.assertEqual(together[-1][1], 10)
        for (_start, stop), (start, _stop) in zip(together, together[1:], strict=False):
            self.assertEqual(stop, start)
