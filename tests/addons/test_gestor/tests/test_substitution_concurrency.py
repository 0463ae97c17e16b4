import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import ValidationError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install")
class TestSubstitutionConcurrency(BaseCase):
    """Two absences that exclude each other, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            group = env.ref("gestor_base.gestor_base_group_user")
            self.user_ids = (
                env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    [
                        {
                            "name": name,
                            "login": f"race_{name}",
                            "group_ids": group.ids,
                        }
                        for name in ("first", "second", "third")
                    ]
                )
                .ids
            )
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["gestor.substitution"].search(
                [("user_id", "in", self.user_ids)]
            ).unlink()
            env["res.users"].browse(self.user_ids).unlink()

    def _race(self, *pairs):
        """Let each ``(who is away, who stands in)`` be planned at the same time."""
        barrier = threading.Barrier(len(pairs))
        results = []

        def plan(away, standing):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                day = fields.Date.add(fields.Date.today(), days=30)
                attempts = []

                def attempt():
                    attempts.append(away)
                    env["gestor.substitution"].search_count([])  # the snapshot begins
                    if len(attempts) == 1:
                        barrier.wait(timeout=20)
                    env["gestor.substitution"].create(
                        {
                            "user_id": self.user_ids[away],
                            "substitute_id": self.user_ids[standing],
                            "date_from": day,
                            "date_to": day,
                        }
                    )
                    # as long as the other one is sure to wait
                    if len(attempts) == 1:
                        threading.Event().wait(0.3)

                try:
                    retrying(attempt, env)
                    results.append("done")
                except ValidationError:
                    results.append("refused")

        threads = [threading.Thread(target=plan, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return sorted(results)

    def test_two_substitutes_at_once_one_is_refused(self):
        self.assertEqual(self._race((0, 1), (0, 2)), ["done", "refused"])

    def test_two_people_cannot_stand_in_for_each_other_at_once(self):
        self.assertEqual(self._race((0, 1), (1, 0)), ["done", "refused"])

    def test_chain_of_substitutes_at_once_is_refused(self):
        self.assertEqual(self._race((0, 1), (1, 2)), ["done", "refused"])
