from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon


@tagged("post_install", "-at_install")
class TestGoodsRace(GestorRaceCommon):
    """Two people make a document of the same goods, in two real transactions."""

    race_context = {"tracking_disable": True}
    race_hold_seconds = 0.3

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
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
        with self._transaction() as env:
            orders = self.activity.with_env(env).order_ids
            orders._action_cancel()
            orders.unlink()
            for record in (self.activity, self.product, self.partner):
                record.with_env(env).unlink()

    def _make_document(self, env):
        issue = env["gestor.activity.issue"].create({"source_ids": self.activity.ids})
        issue._create_document()
        return "made"

    def test_two_people_at_once_make_one_document(self):
        results = self._race(self._make_document, self._make_document)
        self.assertEqual(results.count("made"), 1, results)
        (refused,) = (error for error in results if isinstance(error, UserError))
        self.assertIn("open", str(refused))
        with self._transaction() as env:
            self.assertEqual(len(self.activity.with_env(env).order_ids), 1)
