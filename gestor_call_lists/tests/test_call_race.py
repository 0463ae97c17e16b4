from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import DummyRLock, Registry
from odoo.service import model as service
from odoo.tests import new_test_user, tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import mute_logger

RACES = 15
LOGINS = ("gestor_race_anna", "gestor_race_piotr")


@tagged("post_install", "-at_install", "gestor_race")
class TestCallRace(BaseCase):
    """Two users ask for the next client at the same instant, for real.

    What is written here is committed and removed again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        cls.addClassCleanup(cls._clean)
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            group = "gestor_activities.gestor_activities_group_own"
            users = env["res.users"]
            for login in LOGINS:
                users |= new_test_user(env, login=login, groups=group)
            partners = env["res.partner"].create(
                [
                    {"name": f"Race {number}", "phone": "600 000 000"}
                    for number in range(2 * RACES)
                ]
            )
            kind = env.ref("gestor_activities.gestor_activity_type_phone")
            calls = env["gestor.activity"].create(
                {
                    "name": "Race",
                    "type_id": kind.id,
                    "is_call_list": True,
                    "user_id": users[0].id,
                    "executor_ids": [
                        Command.create({"user_id": user.id}) for user in users
                    ],
                }
            )
            calls._gestor_add_call_clients(partners)
            calls.action_start()
            cls.user_ids, cls.partner_ids, cls.calls_id = (
                users.ids,
                partners.ids,
                calls.id,
            )
            cls.result_id = env.ref(
                "gestor_activities.gestor_activity_result_talked"
            ).id

    @classmethod
    def _clean(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["gestor.activity"].search([("name", "=", "Race")]).unlink()
            env["res.partner"].search([("name", "=like", "Race %")]).unlink()
            users = env["res.users"].search([("login", "in", LOGINS)])
            people = users.partner_id
            users.unlink()
            people.unlink()

    def _race(self):
        """Let both users serve their client and ask for the next; return the rows."""
        start_together = Barrier(2)

        def call(user_id):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, user_id, {})
                # the snapshot of the transaction begins before the other one claims
                env.cr.execute("SELECT 1")
                start_together.wait(timeout=20)

                def work():
                    rows = env["gestor.activity.client"]
                    calls = env["gestor.activity"].browse(self.calls_id)
                    row = rows._gestor_claim_next(calls)
                    env.flush_all()
                    return row.id

                row_id = service.retrying(work, env)
            return user_id, row_id

        with (
            # the host waits up to two seconds before it tries again
            patch.object(service.random, "uniform", return_value=0),
            ThreadPoolExecutor(2) as pool,
        ):
            return dict(pool.map(call, self.user_ids))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_no_client_is_called_by_two_users(self):
        seen = []
        for number in range(RACES):
            with self.subTest(number=number):
                claimed = self._race()
                self.assertEqual(len(set(claimed.values())), 2, claimed)
                self.assertTrue(all(claimed.values()))
                seen += claimed.values()
                self._serve_all(claimed)
        self.assertEqual(len(seen), len(set(seen)))

    def _serve_all(self, claimed):
        with self.registry.cursor() as cr:
            for user_id, row_id in claimed.items():
                env = api.Environment(cr, user_id, {})
                row = env["gestor.activity.client"].browse(row_id)
                result = env["gestor.activity.result"].browse(self.result_id)
                row._gestor_call_result(result)
