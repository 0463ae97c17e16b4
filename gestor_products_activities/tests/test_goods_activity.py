from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.gestor_base.tests.common import GestorBaseCommon

NOW = "2026-11-27 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGoodsActivity(GestorBaseCommon):
    """Goods that are sold plan activities by their templates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "sale_confirmed" not in dict(
            cls.env["gestor.product.activity.template"]._fields["moment"].selection
        ):
            cls.skipTest(cls, "needs sales")
        cls.seller = new_test_user(
            cls.env,
            login="goods_seller",
            groups="gestor_base.gestor_base_group_user,sales_team.group_sale_salesman",
        )
        cls.seller.tz = "Europe/Warsaw"
        cls.technician = cls._create_user(
            "goods_technician", "gestor_activities.gestor_activities_group_own"
        )
        cls.client = cls.env["res.partner"].create(
            {"name": "Kotłownia", "is_company": True}
        )
        cls.boiler, cls.pipe = cls.env["product.product"].create(
            [
                {"name": "Kocioł", "type": "service", "list_price": 100},
                {"name": "Rura", "type": "service", "list_price": 1},
            ]
        )
        cls.plan = cls.env["gestor.activity.template"].create(
            {
                "name": "Przegląd",
                "type_id": cls.env.ref(
                    "gestor_activities.gestor_activity_type_task"
                ).id,
                "description": "<p>Take the filter</p>",
                "is_at_hour": True,
                "hour": 10,
                "hours": 2,
                "executor_ids": [
                    Command.create({"rule": "user", "user_id": cls.technician.id})
                ],
            }
        )
        cls.rule = cls._create_rule(template_id=cls.plan.id)

    @classmethod
    def _create_rule(cls, **vals):
        return cls.env["gestor.product.activity.template"].create(
            {
                "summary": "Przegląd kotła",
                "product_tmpl_id": cls.boiler.product_tmpl_id.id,
                "moment": "sale_confirmed",
                "offset_number": 12,
                "offset_unit": "months",
                **vals,
            }
        )

    def _order(self, *products):
        order = (
            self.env["sale.order"]
            .with_user(self.seller)
            .create(
                {
                    "partner_id": self.client.id,
                    "user_id": self.seller.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": 3})
                        for product in products
                    ],
                }
            )
        )
        order.action_confirm()
        return order

    def _planned(self, orders):
        return self.env["gestor.activity"].search(
            [
                ("goods_origin_model", "=", "sale.order"),
                ("goods_origin_id", "in", orders.ids),
            ],
            order="id",
        )

    def test_seller_without_rights_to_activities_plans_one_by_confirming(self):
        with self.assertRaises(AccessError):
            self.env["gestor.activity"].with_user(self.seller).search([])
        order = self._order(self.boiler, self.pipe)
        activity = self._planned(order)
        self.assertRecordValues(
            activity,
            [
                {
                    "name": "Przegląd kotła",
                    "template_id": self.plan.id,
                    "goods_template_id": self.rule.id,
                    "partner_id": self.client.id,
                    "user_id": self.seller.id,
                    # 10:00 in Warsaw, a year later
                    "planned_start_at": datetime(2027, 11, 27, 9),
                    "planned_stop_at": datetime(2027, 11, 27, 11),
                    "state": "planned",
                }
            ],
        )
        self.assertEqual(activity.executor_ids.user_id, self.technician)
        for text in ("Take the filter", order.name, "Kocioł"):
            self.assertIn(text, activity.description)
        self.assertNotIn("Rura", activity.description)
        self.assertFalse(order.sudo()._get_planned_goods_activities())
        self.assertIn(
            (activity.id, "sale.order", order.id, "goods"), activity._gestor_related()
        )

    def test_rule_without_a_template_plans_a_to_do_as_before(self):
        self.rule.template_id = False
        order = self._order(self.boiler)
        self.assertFalse(self._planned(order))
        todo = order.sudo()._get_planned_goods_activities()
        self.assertEqual(todo.date_deadline, date(2027, 11, 27))

    def test_cancelled_order_gives_up_what_is_open_and_plans_anew(self):
        order = self._order(self.boiler)
        first = self._planned(order)
        order._action_cancel()
        self.assertEqual(first.state, "cancelled")
        order.action_draft()
        order.action_confirm()
        second = self._planned(order) - first
        self.assertEqual(second.state, "planned")
        second.action_finish()
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._planned(order), first | second)
        self.assertEqual(second.state, "done")

    def test_order_of_nobody_plans_for_nobody(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "user_id": False,
                "order_line": [Command.create({"product_id": self.boiler.id})],
            }
        )
        portal = self._create_user("goods_portal", "base.group_portal")
        order.with_user(portal).sudo()._gestor_plan_goods_activities("sale_confirmed")
        activity = self._planned(order)
        self.assertFalse(activity.user_id)
        self.assertEqual(activity.executor_ids.user_id, self.technician)

    def test_confirming_many_orders_costs_few_queries_more(self):
        def confirm(count):
            orders = self.env["sale.order"].create(
                [
                    {
                        "partner_id": self.client.id,
                        "order_line": [Command.create({"product_id": product.id})],
                    }
                    for _number in range(count)
                    for product in (self.boiler,)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders._gestor_plan_goods_activities("sale_confirmed")
            self.env.flush_all()
            self.assertEqual(len(self._planned(orders)), count)
            return self.cr.sql_log_count - before

        confirm(1)
        few, many = confirm(2), confirm(20)
        # what the host does for each document with a chatter is allowed, no more
        self.assertLessEqual(many - few, 2 * 18)
