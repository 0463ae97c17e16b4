import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

NIP = "PL7740001454"
PATIENCE = 20
GROUPS = "gestor_base.gestor_base_group_user,base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestDuplicateRace(BaseCase):
    """Two people enter one client at the same moment, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].search([("gestor_nip", "=", NIP[2:])]).unlink()
            user = new_test_user(env, "gestor_duplicates_race", GROUPS)
            user.company_id.gestor_duplicate_nip = "block"
            self.user_id = user.id
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            clients = self._clients(env)
            user = env["res.users"].browse(self.user_id)
            user.company_id.gestor_duplicate_nip = "warn"
            partner = user.partner_id
            clients.unlink()
            user.unlink()
            partner.unlink()

    def _clients(self, env):
        return env["res.partner"].search([("gestor_nip", "=", NIP[2:])])

    def _race(self, *operations):
        """Run each operation in its own transaction, at the same time.

        :return: what became of each: "done" or the message
        """
        barrier = threading.Barrier(len(operations))
        results, attempts = {}, {}

        def run(number, operation):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.user_id, {})

                def attempt():
                    attempts[number] = attempts.get(number, 0) + 1
                    env["res.partner"].search_count([])  # the snapshot begins here
                    if attempts[number] == 1:
                        barrier.wait(timeout=PATIENCE)
                    operation(env["res.partner"])
                    env.flush_all()
                    # as long as the other one is sure to be at the same point
                    if attempts[number] == 1:
                        threading.Event().wait(0.5)

                try:
                    retrying(attempt, env)
                    results[number] = "done"
                except ValidationError as error:
                    cr.rollback()
                    results[number] = str(error)

        threads = [
            threading.Thread(target=run, args=item) for item in enumerate(operations)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=3 * PATIENCE)
        self.assertEqual(len(results), len(operations))
        return sorted(results.values(), key=lambda text: text != "done")

    def _names(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return self._clients(env).mapped("name")

    def test_one_client_and_a_clear_message_result(self):
        results = self._race(
            lambda clients: clients.create({"name": "Race one", "vat": NIP}),
            lambda clients: clients.create({"name": "Race two", "vat": "7740001454"}),
        )
        self.assertEqual(len(self._names()), 1)
        self.assertEqual(results[0], "done")
        self.assertIn(self._names()[0], results[1])

    def test_a_new_client_and_a_changed_one_do_not_double(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            client_id = env["res.partner"].create({"name": "Race old"}).id
        try:
            results = self._race(
                lambda clients: clients.create({"name": "Race new", "vat": NIP}),
                lambda clients: clients.browse(client_id).write({"vat": NIP}),
            )
            self.assertEqual(len(self._names()), 1)
            self.assertIn("exists already", results[1])
        finally:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["res.partner"].browse(client_id).unlink()

    def test_different_clients_do_not_wait_for_each_other(self):
        results = self._race(
            lambda clients: clients.create({"name": "Race one", "vat": NIP}),
            lambda clients: clients.create({"name": "Race other", "ref": "race"}),
        )
        self.assertEqual(results, ["done", "done"])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].search([("ref", "=", "race")]).unlink()
