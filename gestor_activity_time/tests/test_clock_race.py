import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestClockRace(BaseCase):
    """Two tabs of one user, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            group = env.ref("gestor_activities.gestor_activities_group_own")
            self.user = env["res.users"].create(
                {"name": "Race", "login": "clock_race", "group_ids": group.ids}
            )
            vals = {"user_id": self.user.id, "planned_start_at": "2026-11-24 08:00:00"}
            self.activities = env["gestor.activity"].create(
                [{"name": f"Race {number}", **vals} for number in range(3)]
            )
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            domain = [("user_id", "=", self.user.id)]
            env["gestor.activity.time"].search(domain).unlink()
            self.activities.with_env(env).unlink()
            partner = self.user.with_env(env).partner_id
            self.user.with_env(env).unlink()
            partner.unlink()

    def _start(self, activity_id, barrier, results):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user.id, {})
            attempts = []

            def start():
                attempts.append(1)
                entries = env["gestor.activity.time"]
                entries._get_own_clock()  # the snapshot begins here
                if len(attempts) == 1:
                    barrier.wait(timeout=20)
                entries.clock_start(activity_id)
                if len(attempts) == 1:
                    threading.Event().wait(0.3)

            retrying(start, env)
            results[activity_id] = len(attempts)

    def _race(self):
        barrier, results = threading.Barrier(2), {}
        threads = [
            threading.Thread(target=self._start, args=(activity_id, barrier, results))
            for activity_id in self.activities.ids[:2]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    def _check_one_clock(self, results):
        self.assertEqual(len(results), 2, "both tabs are served")
        self.assertEqual(sorted(results.values())[0], 1)
        self.assertGreater(sorted(results.values())[1], 1, "one was repeated")
        last = max(results, key=results.get)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            entries = env["gestor.activity.time"].search(
                [("user_id", "=", self.user.id), ("activity_id", "in", list(results))]
            )
            self.assertEqual(len(entries), 2)
            running = entries.filtered(lambda entry: entry.state == "running")
            self.assertEqual(running.activity_id.id, last)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_tabs_start_at_once_and_one_clock_runs(self):
        self._check_one_clock(self._race())

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_tabs_switch_at_once_and_one_clock_runs(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user.id, {})
            env["gestor.activity.time"].clock_start(self.activities.ids[2])
        self._check_one_clock(self._race())
