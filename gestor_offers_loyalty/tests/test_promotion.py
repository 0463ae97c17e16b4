from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.gestor_offers.tests.common import GestorOffersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-24 10:00:00")
class TestPromotion(GestorOffersCommon):
    """Promotions on offers whose variants are worth 1500 and 3000, net."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.env["loyalty.program"].search([]).active = False
        cls.products.taxes_id = False
        cls.program = cls._create_program()

    @classmethod
    def _create_program(cls, minimum=2000, **vals):
        return cls.env["loyalty.program"].create(
            {
                "name": "Autumn",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [
                    Command.create(
                        {"reward_point_mode": "order", "minimum_amount": minimum}
                    )
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 10,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                        }
                    )
                ],
                **vals,
            }
        )

    def _create_rewarded(self, **vals):
        offer = self._create_offer(user=self.salesperson, **vals)
        offer.with_user(self.salesperson).action_apply_promotions()
        return offer.with_user(self.env.user)

    def _totals(self, offer):
        return offer.order_ids.mapped("amount_total")

    def test_salesperson_applies_promotions_to_each_variant(self):
        offer = self._create_rewarded()
        self.assertEqual(self._totals(offer), [1500, 2700])

    def test_promotion_of_another_period_is_left(self):
        self.program.date_to = "2026-11-23"
        self.assertEqual(self._totals(self._create_rewarded()), [1500, 3000])

    def test_promotion_is_for_the_clients_of_a_set(self):
        chosen = self.env["gestor.client.set"].create(
            {"name": "Chosen", "kind": "static"}
        )
        chosen._gestor_add(self.other_client)
        self.program.gestor_client_set_ids = chosen
        self.assertEqual(self._totals(self._create_rewarded()), [1500, 3000])
        offer = self._create_rewarded(partner_id=self.other_client.id)
        self.assertEqual(self._totals(offer), [1500, 2700])
        # a contact buys as the firm does
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.other_client.id}
        )
        offer = self._create_rewarded(partner_id=contact.id)
        self.assertEqual(self._totals(offer), [1500, 2700])

    def test_rewards_follow_the_lines_until_the_offer_is_prepared(self):
        offer = self._create_rewarded()
        offer.order_ids[1].order_line[0].product_uom_qty = 12
        offer.action_prepare()
        self.assertEqual(self._totals(offer), [1500, 3600])

    def test_accepted_variant_keeps_what_was_offered(self):
        offer = self._create_rewarded()
        offer.action_prepare()
        offer.action_mark_sent()
        self.program.active = False
        order = offer.order_ids[1]
        offer._gestor_accept(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.amount_total, 2700)

    def test_variants_that_were_not_chosen_are_history_and_cost_nothing(self):
        self.program.rule_ids.minimum_amount = 0
        offer = self._create_rewarded()
        offer.action_prepare()
        offer.action_mark_sent()
        chosen, rest = offer.order_ids
        offer._gestor_accept(chosen)
        self.assertEqual(rest.state, "cancel")
        self.assertEqual(self._totals(offer), [1350, 2700])
        history = self.env["loyalty.history"].search(
            [
                ("order_model", "=", "sale.order"),
                ("order_id", "in", offer.order_ids.ids),
            ]
        )
        self.assertEqual(history.mapped("order_id"), [chosen.id])

    def test_coupon_is_spent_by_the_chosen_variant_only(self):
        self.program.active = False
        program = self._create_program(
            0, program_type="coupons", trigger="with_code", applies_on="current"
        )
        coupon = self.env["loyalty.card"].create(
            {"program_id": program.id, "points": 1, "code": "GESTOR-1"}
        )
        offer = self._create_offer()
        for order in offer.order_ids:
            order._try_apply_code(coupon.code)
            order._apply_program_reward(program.reward_ids, coupon)
        self.assertEqual(self._totals(offer), [1350, 2700])
        offer.action_prepare()
        offer.action_mark_sent()
        self.assertEqual(coupon.points, 1)
        chosen = offer.order_ids[0]
        # the host's own button leads to the offer: points are spent once
        chosen.with_user(self.salesperson).action_confirm()
        self.assertEqual(offer.accepted_order_id, chosen)
        self.assertEqual(coupon.points, 0)
        self.assertEqual(self._totals(offer), [1350, 2700])
        # the way back gives the point back, and the offer is as the client saw it
        chosen._action_cancel()
        self.assertEqual(offer.state, "sent")
        self.assertEqual(coupon.points, 1)
        self.assertEqual(self._totals(offer), [1350, 2700])
        offer._gestor_accept(offer.order_ids[1])
        self.assertEqual(coupon.points, 0)

    def test_cancelled_order_outside_offers_is_the_host_s(self):
        self.program.rule_ids.minimum_amount = 0
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [Command.create({"product_id": self.products[0].id})],
            }
        )
        order._gestor_apply_promotions()
        self.assertTrue(order.order_line.reward_id)
        order._action_cancel()
        self.assertFalse(order.order_line.reward_id)

    def test_rejected_offer_keeps_its_rewards(self):
        offer = self._create_rewarded()
        offer.action_prepare()
        offer.action_mark_sent()
        offer._gestor_decline(self.lost_reason, "")
        self.assertEqual(self._totals(offer), [1500, 2700])

    def test_offer_that_the_client_has_is_refused(self):
        offer = self._create_sent_offer()
        with self.assertRaisesRegex(UserError, "has seen the offer"):
            offer.action_apply_promotions()

    def test_salesperson_touches_own_offers_only(self):
        offer = self._create_offer(user_id=self.other_salesperson.id)
        with self.assertRaises(AccessError):
            offer.with_user(self.salesperson).action_apply_promotions()

    def test_print_shows_the_reward(self):
        offer = self._create_rewarded()
        report = self.env["report.gestor_offers.gestor_offer_report"]
        rows = report._gestor_view(offer)["variants"][1]["rows"]
        self.assertEqual(rows[-1]["amount"], -300)
        self.assertIn("10", rows[-1]["title"])
