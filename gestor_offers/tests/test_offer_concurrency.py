from odoo import Command
from odoo.tests import tagged

from odoo.addons.gestor_base.tests.race_common import GestorRaceCommon


@tagged("post_install", "-at_install")
class TestOfferConcurrency(GestorRaceCommon):
    """Two clients with the same link, in two real transactions."""

    race_context = {"tracking_disable": True}
    race_hold_seconds = 0.3

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
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
        with self._transaction() as env:
            offer = env["gestor.offer"].browse(self.offer_id)
            offer.accepted_order_id.action_cancel()
            offer.action_reset_to_draft()
            offer.version = 1  # what the client has seen is not deleted
            offer.unlink()
            for record in self.created:
                record.with_env(env).unlink()

    def _get_acceptance(self, order_id):
        def accept(env):
            offer = env["gestor.offer"].browse(self.offer_id)
            offer._gestor_accept(env["sale.order"].browse(order_id))
            return "accepted"

        return accept

    def test_exactly_one_of_two_simultaneous_acceptances_wins(self):
        works = [self._get_acceptance(order_id) for order_id in self.order_ids]
        results = dict(zip(self.order_ids, self._race(*works), strict=True))
        winners = [key for key, result in results.items() if result == "accepted"]
        self.assertEqual(len(winners), 1, results)
        (loser,) = set(self.order_ids) - set(winners)
        self.assertIn("accepted already", str(results[loser]))
        with self._transaction() as env:
            states = {o.id: o.state for o in env["sale.order"].browse(self.order_ids)}
        self.assertEqual(states, {winners[0]: "sale", loser: "cancel"})
