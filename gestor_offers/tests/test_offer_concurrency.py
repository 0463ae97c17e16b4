import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestOfferConcurrency(BaseCase):
    """Two clients with the same link, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        patcher = patch.object(Registry, "_lock", DummyRLock())
        self.startPatcher(patcher)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            partner = env["res.partner"].create({"name": "Race"})
            product = env["product.product"].create({"name": "Race", "type": "service"})
            line = Command.create({"product_id": product.id})
            variants = [Command.create({"order_line": [line]}) for _number in range(2)]
            offer = env["gestor.offer"].create(
                {"partner_id": partner.id, "order_ids": variants}
            )
            offer.action_prepare()
            offer.action_mark_sent()
            self.offer_id = offer.id
            self.order_ids = offer.order_ids.ids
            self.created = partner, product
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            offer = env["gestor.offer"].browse(self.offer_id)
            offer.accepted_order_id.action_cancel()
            offer.action_reset_to_draft()
            offer.version = 1  # what the client has seen is not deleted
            offer.unlink()
            for record in self.created:
                record.with_env(env).unlink()

    def _accept(self, order_id, barrier, results):
        """Do what a request of the portal does, with its own transaction."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            offer = env["gestor.offer"].browse(self.offer_id)
            attempts = []

            def accept():
                attempts.append(order_id)
                offer.read(["state"])  # the snapshot begins before the lock
                if len(attempts) == 1:
                    barrier.wait(timeout=20)
                offer._gestor_accept(env["sale.order"].browse(order_id))
                # as long as the others are sure to wait for the row
                if len(attempts) == 1:
                    threading.Event().wait(0.3)

            try:
                retrying(accept, env)
                results[order_id] = "accepted"
            except UserError as error:
                cr.rollback()
                results[order_id] = str(error)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_exactly_one_of_two_simultaneous_acceptances_wins(self):
        barrier = threading.Barrier(2)
        results = {}
        threads = [
            threading.Thread(target=self._accept, args=(order_id, barrier, results))
            for order_id in self.order_ids
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        self.assertEqual(len(results), 2)
        winners = [key for key, text in results.items() if text == "accepted"]
        self.assertEqual(len(winners), 1, results)
        (loser,) = set(self.order_ids) - set(winners)
        self.assertIn("accepted already", results[loser])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            states = {o.id: o.state for o in env["sale.order"].browse(self.order_ids)}
        self.assertEqual(states, {winners[0]: "sale", loser: "cancel"})
