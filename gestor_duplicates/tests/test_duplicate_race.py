from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon

NIP = "PL7740001454"
GROUPS = "gestor_base.gestor_base_group_user,base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestDuplicateRace(GestorRaceCommon):
    """Two people enter one client at the same moment, in two real transactions."""

    race_hold_seconds = 0.5

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            env["res.partner"].search([("gestor_nip", "=", NIP[2:])]).unlink()
            user = new_test_user(env, "gestor_duplicates_race", GROUPS)
            user.company_id.gestor_duplicate_nip = "block"
            self.user_id = user.id
        self.addCleanup(self._delete)

    def _delete(self):
        with self._transaction() as env:
            clients = self._clients(env)
            user = env["res.users"].browse(self.user_id)
            user.company_id.gestor_duplicate_nip = "warn"
            partner = user.partner_id
            clients.unlink()
            user.unlink()
            partner.unlink()

    def _clients(self, env):
        return env["res.partner"].search([("gestor_nip", "=", NIP[2:])])

    def _race_clients(self, *operations):
        """Run each operation on clients at the same time.

        :return: what became of each: "done" or the message
        """

        def get_work(operation):
            def work(env):
                operation(env["res.partner"])
                return "done"

            return work

        works = [get_work(operation) for operation in operations]
        results = self._race(
            *works, user_ids=[self.user_id] * len(works), refusals=ValidationError
        )
        return sorted(map(str, results), key=lambda text: text != "done")

    def _names(self):
        with self._transaction() as env:
            return self._clients(env).mapped("name")

    def test_one_client_and_a_clear_message_result(self):
        results = self._race_clients(
            lambda clients: clients.create({"name": "Race one", "vat": NIP}),
            lambda clients: clients.create({"name": "Race two", "vat": "7740001454"}),
        )
        self.assertEqual(len(self._names()), 1)
        self.assertEqual(results[0], "done")
        self.assertIn(self._names()[0], results[1])

    def test_a_new_client_and_a_changed_one_do_not_double(self):
        with self._transaction() as env:
            client_id = env["res.partner"].create({"name": "Race old"}).id
        try:
            results = self._race_clients(
                lambda clients: clients.create({"name": "Race new", "vat": NIP}),
                lambda clients: clients.browse(client_id).write({"vat": NIP}),
            )
            self.assertEqual(len(self._names()), 1)
            self.assertIn("exists already", results[1])
        finally:
            with self._transaction() as env:
                env["res.partner"].browse(client_id).unlink()

    def test_different_clients_do_not_wait_for_each_other(self):
        results = self._race_clients(
            lambda clients: clients.create({"name": "Race one", "vat": NIP}),
            lambda clients: clients.create({"name": "Race other", "ref": "race"}),
        )
        self.assertEqual(results, ["done", "done"])
        with self._transaction() as env:
            env["res.partner"].search([("ref", "=", "race")]).unlink()
