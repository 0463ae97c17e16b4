from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon

RACES = 15
LOGINS = ("gestor_race_anna", "gestor_race_piotr")


@tagged("post_install", "-at_install", "gestor_race")
class TestCallRace(GestorRaceCommon):
    """Two users ask for the next client at the same instant, for real."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._clean)
        with cls._transaction() as env:
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
        with cls._transaction() as env:
            env["gestor.activity"].search([("name", "=", "Race")]).unlink()
            env["res.partner"].search([("name", "=like", "Race %")]).unlink()
            users = env["res.users"].search([("login", "in", LOGINS)])
            people = users.partner_id
            users.unlink()
            people.unlink()

    def _race_for_client(self):
        """Let both users serve their client and ask for the next; return the rows."""

        def claim(env):
            calls = env["gestor.activity"].browse(self.calls_id)
            return env["gestor.activity.client"]._gestor_claim_next(calls).id

        rows = self._race(claim, claim, user_ids=self.user_ids)
        return dict(zip(self.user_ids, rows, strict=True))

    def test_no_client_is_called_by_two_users(self):
        seen = []
        for number in range(RACES):
            with self.subTest(number=number):
                claimed = self._race_for_client()
                self.assertEqual(len(set(claimed.values())), 2, claimed)
                self.assertTrue(all(claimed.values()))
                seen += claimed.values()
                self._serve_all(claimed)
        self.assertEqual(len(seen), len(set(seen)))

    def _serve_all(self, claimed):
        for user_id, row_id in claimed.items():
            with self._transaction(user_id) as env:
                row = env["gestor.activity.client"].browse(row_id)
                result = env["gestor.activity.result"].browse(self.result_id)
                row._gestor_call_result(result)
