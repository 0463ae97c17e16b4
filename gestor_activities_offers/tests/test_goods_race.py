import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestGoodsRace(BaseCase):
    """Two people make a document of the same goods, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the tests run while the registry is locked by the loading of modules
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            self.partner = env["res.partner"].create({"name": "Race"})
            self.product = env["product.product"].create({"name": "Race"})
            self.activity = env["gestor.activity"].create(
                {
                    "name": "Race",
                    "user_id": env.ref("base.user_admin").id,
                    "partner_id": self.partner.id,
                    "planned_start_at": "2026-11-24 08:00:00",
                    "goods_ids": [(0, 0, {"product_id": self.product.id})],
                }
            )
        self.addCleanup(self._delete)

    def _delete(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            orders = self.activity.with_env(env).order_ids
            orders._action_cancel()
            orders.unlink()
            for record in (self.activity, self.product, self.partner):
                record.with_env(env).unlink()

    def _make(self, number, barrier, results):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            attempts = []

            def make():
                attempts.append(number)
                vals = {"source_ids": self.activity.ids}
                issue = env["gestor.activity.issue"].create(vals)
                issue.goods_ids.mapped("open_quantity")  # the snapshot begins here
                if len(attempts) == 1:
                    barrier.wait(timeout=20)
                issue._create_document()
                if len(attempts) == 1:
                    threading.Event().wait(0.3)

            try:
                retrying(make, env)
                results[number] = "made"
            except UserError as error:
                cr.rollback()
                results[number] = str(error)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_people_at_once_make_one_document(self):
        barrier, results = threading.Barrier(2), {}
        threads = [
            threading.Thread(target=self._make, args=(number, barrier, results))
            for number in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        self.assertEqual(list(results.values()).count("made"), 1, results)
        (refused,) = set(results.values()) - {"made"}
        self.assertIn("open", refused)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(len(self.activity.with_env(env).order_ids), 1)
