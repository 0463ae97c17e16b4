from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GestorBaseCommon


@tagged("post_install", "-at_install")
class TestRateLimit(GestorBaseCommon):
    def setUp(self):
        super().setUp()
        self.limits = self.env["gestor.rate.limit"]

    def _hit(self, key, times, limit=3, window_seconds=60):
        with self.enter_registry_test_mode():
            return [
                self.limits._gestor_hit(key, limit, window_seconds)
                for _number in range(times)
            ]

    def _end_window(self, key):
        row = self.limits.search([("key", "=", key)])
        row.window_end_at = fields.Datetime.now() - timedelta(hours=1)
        row.flush_recordset()

    def test_tries_beyond_the_limit_are_refused(self):
        self.assertEqual(self._hit("test:a", 5), [True, True, True, False, False])

    def test_keys_do_not_share_a_limit(self):
        self._hit("test:a", 4)
        self.assertEqual(self._hit("test:b", 1), [True])

    def test_new_window_starts_from_one(self):
        self._hit("test:a", 5)
        self._end_window("test:a")
        self.assertEqual(self._hit("test:a", 4), [True, True, True, False])

    def test_window_ends_after_its_seconds(self):
        self._hit("test:a", 1, window_seconds=600)
        row = self.limits.search([("key", "=", "test:a")])
        self.assertAlmostEqual(
            row.window_end_at,
            fields.Datetime.now() + timedelta(seconds=600),
            delta=timedelta(seconds=30),
        )

    def test_limit_of_nothing_refuses_the_first_try(self):
        self.assertEqual(self._hit("test:a", 1, limit=0), [False])

    def test_vacuum_forgets_ended_windows_only(self):
        self._hit("test:ended", 1)
        self._hit("test:running", 1)
        self._end_window("test:ended")
        self.limits._gc_ended_windows()
        self.env.invalidate_all()
        rows = self.limits.search([("key", "=like", "test:%")])
        self.assertEqual(rows.mapped("key"), ["test:running"])

    def test_public_user_is_counted_but_reads_nothing(self):
        self.limits = self.limits.with_user(self.env.ref("base.public_user"))
        self.assertEqual(self._hit("test:a", 2, limit=1), [True, False])
        with self.assertRaises(AccessError):
            self.limits.search([])
