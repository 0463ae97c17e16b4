from collections import Counter

from odoo.tests import tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon


@tagged("post_install", "-at_install")
class TestClockRace(GestorRaceCommon):
    """Two tabs of one user, in two real transactions."""

    race_context = {"tracking_disable": True}
    race_hold_seconds = 0.3

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
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
        with self._transaction() as env:
            domain = [("user_id", "=", self.user.id)]
            env["gestor.activity.time"].search(domain).unlink()
            self.activities.with_env(env).unlink()
            partner = self.user.with_env(env).partner_id
            self.user.with_env(env).unlink()
            partner.unlink()

    def _race_tabs(self):
        """Start the clock of each activity at once; return how often each was tried."""
        attempts = Counter()

        def get_start(activity_id):
            def start(env):
                attempts[activity_id] += 1
                env["gestor.activity.time"].clock_start(activity_id)

            return start

        works = [get_start(activity_id) for activity_id in self.activities.ids[:2]]
        self._race(*works, user_ids=[self.user.id] * 2)
        return attempts

    def _check_one_clock(self, results):
        self.assertEqual(len(results), 2, "both tabs are served")
        self.assertEqual(sorted(results.values())[0], 1)
        self.assertGreater(sorted(results.values())[1], 1, "one was repeated")
        last = max(results, key=results.get)
        with self._transaction() as env:
            entries = env["gestor.activity.time"].search(
                [("user_id", "=", self.user.id), ("activity_id", "in", list(results))]
            )
            self.assertEqual(len(entries), 2)
            running = entries.filtered(lambda entry: entry.state == "running")
            self.assertEqual(running.activity_id.id, last)

    def test_two_tabs_start_at_once_and_one_clock_runs(self):
        self._check_one_clock(self._race_tabs())

    def test_two_tabs_switch_at_once_and_one_clock_runs(self):
        with self._transaction(self.user.id) as env:
            env["gestor.activity.time"].clock_start(self.activities.ids[2])
        self._check_one_clock(self._race_tabs())
