from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import GestorProductsSaleCommon

INVOICER_GROUPS = "gestor_base.gestor_base_group_user,account.group_account_invoice"


@tagged("post_install", "-at_install")
class TestProductActivity(GestorProductsSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guardian = cls._create_user("sales_team.group_sale_salesman")
        cls.client.user_id = cls.guardian
        cls.call_type = cls.env.ref("mail.mail_activity_data_call")
        cls.call = cls._create_template("Zapytać, czy działa", cls.valve)

    @classmethod
    def _create_template(cls, summary, product=None, **vals):
        return cls.env["gestor.product.activity.template"].create(
            {
                "summary": summary,
                "product_tmpl_id": product and product.product_tmpl_id.id,
                "moment": "sale_confirmed",
                "activity_type_id": cls.call_type.id,
                **vals,
            }
        )

    def _confirm(self, *lines, **vals):
        order = self._create_order(
            lines or [(self.valve, 1)], user_id=self.seller.id, **vals
        )
        order.action_confirm()
        return order

    def _planned(self, documents):
        return documents.sudo()._get_planned_goods_activities()

    @freeze_time("2026-03-02 10:00:00")
    def test_seller_without_rights_to_templates_plans_by_confirming(self):
        self.env["ir.model.access"].search(
            [("model_id.model", "=", self.call._name)]
        ).perm_read = False
        with self.assertRaises(AccessError):
            self.call.with_user(self.seller).read(["summary"])
        order = self._confirm((self.valve, 5), (self.valve, 2), (self.pipe, 1))
        activity = self._planned(order)
        self.assertRecordValues(
            activity,
            [
                {
                    "res_model": "sale.order",
                    "res_id": order.id,
                    "summary": "Zapytać, czy działa",
                    "activity_type_id": self.call_type.id,
                    "date_deadline": date(2026, 3, 9),
                    "user_id": self.seller.id,
                    "automated": True,
                }
            ],
        )
        self.assertIn(order.name, activity.note)
        self.assertIn("Zawór", activity.note)
        self.assertNotIn("Rura", activity.note)

    def test_order_of_other_goods_plans_nothing(self):
        self.assertFalse(self._planned(self._confirm((self.pipe, 1))))
        self.assertFalse(self._planned(self._confirm((self.valve, 0))))
        self.call.active = False
        self.assertFalse(self._planned(self._confirm()))

    @freeze_time("2026-01-31 10:00:00")
    def test_month_after_the_31st_ends_on_its_last_day(self):
        self.call.write({"offset_number": 1, "offset_unit": "months"})
        yearly = self._create_template(
            "Przegląd", self.valve, offset_number=12, offset_unit="months"
        )
        now = self._create_template("Od razu", self.valve, offset_number=0)
        due = {
            activity.gestor_product_template_id: activity.date_deadline
            for activity in self._planned(self._confirm())
        }
        self.assertEqual(
            due,
            {
                self.call: date(2026, 2, 28),
                yearly: date(2027, 1, 31),
                now: date(2026, 1, 31),
            },
        )

    def test_category_and_node_concern_all_below_them(self):
        above, below = self.env["product.category"].create(
            [{"name": "Armatura"}, {"name": "Zawory"}]
        )
        below.parent_id = above
        classifier = self.env["gestor.classifier"].create({"name": "Działy"})
        nodes = self.env["gestor.classifier.node"]
        top = nodes.create({"name": "Serwis", "classifier_id": classifier.id})
        leaf = nodes.create(
            {"name": "Kotły", "classifier_id": classifier.id, "parent_id": top.id}
        )
        self.valve.categ_id = below
        self.pipe.product_tmpl_id.gestor_node_ids = leaf
        by_category = self._create_template(
            "Wg kategorii", applies_to="category", categ_id=above.id
        )
        by_node = self._create_template("Wg węzła", applies_to="node", node_id=top.id)
        self.call.active = False
        for product, template in ((self.valve, by_category), (self.pipe, by_node)):
            planned = self._planned(self._confirm((product, 1)))
            self.assertEqual(planned.gestor_product_template_id, template)
        self.assertEqual(
            len(self._planned(self._confirm((self.valve, 1), (self.pipe, 1)))), 2
        )

    def test_template_of_a_variant_leaves_the_others(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Średnica",
                "value_ids": [Command.create({"name": name}) for name in ("15", "20")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Kurek",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        small, large = template.product_variant_ids
        self._create_template("Tylko 15", small, product_id=small.id)
        self.assertTrue(self._planned(self._confirm((small, 1))))
        self.assertFalse(self._planned(self._confirm((large, 1))))

    def test_activity_stands_on_the_client_of_the_guardian(self):
        self.call.write({"stands_on": "client", "user_rule": "guardian"})
        contact = self.env["res.partner"].create(
            {"name": "Kierownik", "parent_id": self.client.id}
        )
        activity = self._planned(self._confirm(partner_id=contact.id))
        self.assertEqual(
            (activity.res_model, activity.res_id), ("res.partner", self.client.id)
        )
        self.assertEqual(activity.user_id, self.guardian)

    def test_work_of_who_has_left_goes_to_the_responsible(self):
        self.call.write({"user_rule": "user", "user_id": self.guardian.id})
        self.assertEqual(self._planned(self._confirm()).user_id, self.guardian)
        self.guardian.active = False
        self.assertEqual(self._planned(self._confirm()).user_id, self.seller)
        order = self._create_order([(self.valve, 1)], user_id=self.seller.id)
        order.sudo().user_id = False
        public = self.env.ref("base.public_user")
        order.with_user(public).sudo().action_confirm()
        self.assertFalse(self._planned(order).user_id)

    def test_cancelled_order_withdraws_what_is_open_only(self):
        check = self._create_template("Sprawdzić adres", self.valve)
        order = self._confirm()
        other = self._confirm()
        done = self._planned(order).filtered(
            lambda activity: activity.gestor_product_template_id == check
        )
        done.with_user(self.seller).action_done()
        order._action_cancel()
        self.assertEqual(self._planned(order), done)
        self.assertEqual(len(self._planned(other)), 2)

    def test_order_confirmed_again_is_planned_anew_and_never_twice(self):
        check = self._create_template("Sprawdzić adres", self.valve)
        order = self._confirm()
        first = self._planned(order)
        first.filtered(
            lambda activity: activity.gestor_product_template_id == check
        ).action_done()
        self.assertFalse(order._gestor_plan_goods_activities("sale_confirmed"))
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        planned = self._planned(order)
        self.assertEqual(
            planned.gestor_product_template_id.sorted("id"), self.call | check
        )
        self.assertEqual(len(planned), 2)
        self.assertEqual(len(planned & first), 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            planned.filtered("active").copy(
                {
                    "gestor_product_template_id": self.call.id,
                    "gestor_origin_model": "sale.order",
                    "gestor_origin_id": order.id,
                }
            )

    def test_deleted_order_takes_along_what_stands_on_the_client(self):
        self.call.stands_on = "client"
        order = self._confirm()
        activity = self._planned(order)
        order.state = "draft"
        order.sudo().unlink()
        self.assertFalse(activity.exists())

    def test_templates_of_another_company_concern_its_orders_only(self):
        other = self.env["res.company"].create({"name": "Druga firma"})
        self.seller.company_ids |= other
        theirs = self._create_template("Ich telefon", self.valve, company_id=other.id)
        # the guardian does not work in the other company
        self.call.write({"user_rule": "guardian"})
        order = self._confirm()
        self.assertEqual(self._planned(order).gestor_product_template_id, self.call)
        order = self._confirm(company_id=other.id)
        planned = self._planned(order)
        self.assertEqual(
            planned.gestor_product_template_id.sorted("id"), self.call | theirs
        )
        self.assertEqual(planned.user_id, self.seller)
        mine = theirs.with_user(self.guardian)
        self.assertFalse(mine.search([("id", "=", theirs.id)]))

    @mute_logger("odoo.sql_db")
    def test_template_that_makes_no_sense_is_refused(self):
        category = self.env["product.category"].create({"name": "Armatura"})
        for vals in (
            {"product_tmpl_id": False},
            {"applies_to": "node"},
            {"categ_id": category.id},
            {"offset_number": -1},
            {"user_rule": "user"},
        ):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError):
                self.call.write(vals)
                self.call.flush_recordset()
            self.call.invalidate_recordset()
        with self.assertRaisesRegex(ValidationError, "Rura"):
            self.call.product_id = self.pipe
        with self.assertRaises(ValidationError):
            self.call.activity_type_id = self.call_type.copy(
                {"res_model": "res.partner"}
            )

    def test_invoice_plans_when_posted_and_withdraws_when_cancelled(self):
        self.call.moment = "invoice_posted"
        invoicer = new_test_user(
            self.env, login="gestor_products_invoicer", groups=INVOICER_GROUPS
        )
        moves = self.env["account.move"].with_user(invoicer)
        vals = {
            "partner_id": self.client.id,
            "invoice_line_ids": [
                Command.create({"product_id": self.valve.id, "quantity": 2})
            ],
        }
        invoice, refund = moves.create(
            [vals | {"move_type": kind} for kind in ("out_invoice", "out_refund")]
        )
        self.assertFalse(self._planned(invoice))
        (invoice | refund).action_post()
        self.assertFalse(self._planned(refund))
        activity = self._planned(invoice)
        self.assertEqual(activity.user_id, invoice.invoice_user_id)
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(self._planned(invoice), activity)
        invoice.button_cancel()
        self.assertFalse(self._planned(invoice))

    def test_many_orders_take_as_many_queries_as_few(self):
        self._create_template("Przegląd", self.valve, stands_on="client")
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.client.id,
                    "user_id": self.seller.id,
                    "order_line": [Command.create(self._line_vals(self.valve, 2))],
                }
                for _number in range(61)
            ]
        )
        orders[0]._gestor_plan_goods_activities("sale_confirmed")
        counts = []
        for part in (orders[1:11], orders[11:61]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            part._gestor_plan_goods_activities("sale_confirmed")
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(self._planned(part)), 2 * len(part))
        self.assertLessEqual(counts[1], counts[0], counts)
