from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import GestorActivitiesOffersCommon


@tagged("post_install", "-at_install")
class TestGoods(GestorActivitiesOffersCommon):
    def test_goods_have_the_price_of_the_client_and_a_typed_one_stays(self):
        goods = self._add_goods(self.activity, self.pump, 2)
        self.assertEqual(goods.price_unit, 90)
        self.assertEqual(goods.uom_id, self.pump.uom_id)
        goods.price_unit = 75
        goods.quantity = 3
        self.assertEqual(goods.price_unit, 75)
        with Form(self.activity.with_user(self.salesperson)) as form:
            with form.goods_ids.edit(0) as line:
                line.product_id = self.hose
                self.assertEqual(line.price_unit, 18)

    def test_salesperson_enters_goods_in_the_form(self):
        with Form(self.activity.with_user(self.salesperson)) as form:
            with form.goods_ids.new() as line:
                line.product_id = self.pump
                self.assertEqual(line.price_unit, 90)
                line.quantity = 2
        self.assertRecordValues(
            self.activity.goods_ids, [{"open_quantity": 2, "ordered_quantity": 0}]
        )

    def test_quotation_takes_what_is_open_with_prices_notes_and_links(self):
        goods = self._add_goods(self.activity, self.pump, 2, note="The blue one")
        goods.price_unit = 75
        _issue, order = self._issue(self.activity)
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "partner_id": self.client.id,
                    "user_id": self.salesperson.id,
                    "origin": self.activity.number,
                    "amount_untaxed": 150,
                }
            ],
        )
        self.assertEqual(order.order_line.mapped("display_type"), [False, "line_note"])
        self.assertEqual(order.order_line[1].name, "The blue one")
        self.assertRecordValues(goods, [{"open_quantity": 0, "ordered_quantity": 2}])
        self.assertEqual(order.gestor_activity_ids, self.activity)
        self.assertEqual(order.gestor_activity_count, 1)
        self.assertEqual(self.activity.document_count, 1)

    def test_nothing_is_documented_twice_and_only_the_rest_is_taken(self):
        goods = self._add_goods(self.activity, self.pump, 2)
        _issue, order = self._issue(self.activity)
        with self.assertRaisesRegex(UserError, "No goods are open"):
            self._issue(self.activity)
        goods.quantity = 5
        _issue, rest = self._issue(self.activity)
        self.assertEqual(rest.order_line.product_uom_qty, 3)
        order.action_cancel()
        self.assertEqual(goods.open_quantity, 2)

    def test_goods_in_a_document_are_not_deleted(self):
        goods = self._add_goods(self.activity, self.pump)
        spare = self._add_goods(self.activity, self.hose)
        spare.unlink()
        self._issue(self.activity)
        with self.assertRaises(ValidationError):
            goods.unlink()

    def test_other_units_count_in_the_unit_of_the_goods(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.pump.uom_ids = dozen
        goods = self._add_goods(self.activity, self.pump, 1, uom_id=dozen.id)
        self.assertEqual(goods.price_unit, 1080)
        _issue, order = self._issue(self.activity)
        line = order.order_line
        line.write({"product_uom_id": self.pump.uom_id.id, "product_uom_qty": 6})
        self.assertEqual(goods.open_quantity, 0.5)

    def test_confirmed_order_is_delivered_and_invoiced_by_the_host(self):
        self.pump.invoice_policy = "order"
        self._add_goods(self.activity, self.pump, 2)
        issue, order = self._issue(self.activity, "invoice")
        self.assertEqual(order.state, "sale")
        action = issue._open_document(order)
        self.assertEqual(action["res_model"], "sale.advance.payment.inv")
        invoice = order._create_invoices()
        self.assertEqual(invoice.amount_untaxed, 180)

    def test_offer_with_a_variant_is_made_and_linked(self):
        goods = self._add_goods(self.activity, self.pump, 2)
        _issue, offer = self._issue(self.activity, "offer")
        self.assertEqual(offer._name, "gestor.offer")
        self.assertEqual(offer.order_ids.amount_untaxed, 180)
        self.assertEqual(offer._gestor_linked("gestor.activity"), self.activity)
        self.assertEqual(offer.gestor_activity_count, 1)
        # a second variant is another way to sell the same goods
        offer.order_ids.action_gestor_duplicate()
        self.assertEqual(goods.ordered_quantity, 2)
        offer.action_prepare()
        offer.action_mark_sent()
        offer.action_accept(offer.order_ids.sorted("id")[-1])
        self.env.invalidate_all()
        self.assertEqual(goods.ordered_quantity, 2)
        self.assertFalse(goods.open_quantity)

    def test_several_activities_of_a_client_go_into_one_document(self):
        second = self._create_activity(self.salesperson, name="Second")
        self._add_goods(self.activity, self.pump)
        self._add_goods(second, self.hose)
        _issue, order = self._issue(self.activity + second)
        self.assertEqual(len(order.order_line), 2)
        self.assertEqual(order.gestor_activity_ids, self.activity + second)
        other = self.env["res.partner"].create({"name": "Beta", "is_company": True})
        third = self._create_activity(self.salesperson, partner_id=other.id)
        self._add_goods(third, self.hose)
        with self.assertRaisesRegex(UserError, "one client"):
            self._issue(self.activity + third)

    def test_goods_need_a_quantity_and_a_unit_that_fits(self):
        litre = self.env.ref("uom.product_uom_litre")
        with self.assertRaises(ValidationError):
            self._add_goods(self.activity, self.pump, uom_id=litre.id)

    def test_copy_of_an_activity_needs_its_goods_again(self):
        self._add_goods(self.activity, self.pump, 2)
        self._issue(self.activity)
        copy = self.activity.copy()
        self.assertEqual(copy.goods_ids.open_quantity, 2)
        self.assertFalse(copy.document_count)

    def test_quantities_of_many_rows_cost_the_same(self):
        goods = self.env["gestor.activity.goods"].create(
            [
                {"activity_id": self.activity.id, "product_id": self.pump.id}
                for _number in range(40)
            ]
        )
        counts = []
        for number in (5, 5, 40):  # the first fills the caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            goods.with_user(self.salesperson)[:number].mapped("open_quantity")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
