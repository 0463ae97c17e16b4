from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import GestorOfferRealizeCommon


@tagged("post_install", "-at_install")
class TestRealize(GestorOfferRealizeCommon):
    def test_salesperson_invoices_all_that_is_open(self):
        invoice = self._realize(kind="invoice")
        lines = invoice.invoice_line_ids.filtered("product_id")
        self.assertEqual(lines.mapped("quantity"), [2] * 5)
        self.assertEqual(invoice.amount_total, self.order.amount_total)
        with self.assertRaisesRegex(UserError, "Nothing is left to invoice"):
            self._realize(kind="invoice")

    def test_salesperson_invoices_a_part_and_then_the_rest(self):
        wizard = self._create_wizard(kind="invoice")
        with Form(wizard) as form, form.line_ids.edit(0) as line:
            line.quantity = 0.5
        wizard.line_ids[1:3].unlink()
        wizard.action_apply()
        invoice = self.order.invoice_ids
        lines = invoice.invoice_line_ids.filtered("product_id")
        self.assertEqual(lines.mapped("quantity"), [0.5, 2, 2])
        wizard = self._create_wizard(kind="invoice")
        self.assertEqual(wizard.line_ids.mapped("quantity"), [1.5, 2, 2])
        wizard.action_apply()
        self.assertEqual(self.line.qty_invoiced, 2)

    def test_sections_without_chosen_lines_stay_away(self):
        offer = self._create_accepted_offer(
            order_ids=[
                Command.create(self._prepare_variant_vals()),
                Command.create(
                    {
                        "order_line": [
                            Command.create(vals)
                            for number in range(2)
                            for vals in (
                                {"display_type": "line_section", "name": f"S{number}"},
                                {"product_id": self.products[number].id},
                            )
                        ]
                    }
                ),
            ]
        )
        wizard = self._create_wizard(offer, kind="invoice")
        wizard.line_ids[0].quantity = 0
        wizard.action_apply()
        names = offer.accepted_order_id.invoice_ids.invoice_line_ids.mapped("name")
        self.assertEqual(names, ["S1", "Product 2"])

    def test_bad_quantities_are_named_and_nothing_is_made(self):
        for quantity, message in (
            (3, "Product 1: 3 wanted, only 2 open"),
            (-1, "Product 1: the quantity is negative"),
        ):
            wizard = self._create_wizard(kind="invoice")
            wizard.line_ids[0].quantity = quantity
            with self.subTest(quantity), self.assertRaisesRegex(UserError, message):
                wizard.action_apply()
        wizard = self._create_wizard(kind="invoice")
        wizard.line_ids.quantity = 0
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            wizard.action_apply()
        self.assertFalse(self.order.invoice_ids)

    def test_two_who_realize_at_once_do_not_invoice_twice(self):
        first = self._create_wizard(kind="invoice")
        second = self._create_wizard(kind="invoice")
        first.action_apply()
        with self.assertRaisesRegex(UserError, "2 wanted, only 0 open"):
            second.action_apply()

    def test_archived_product_and_client_are_named(self):
        self.products[0].active = False
        wizard = self._create_wizard(kind="invoice")
        self.assertIn("Archived meanwhile: Product 1", wizard.problem)
        with self.assertRaisesRegex(UserError, "Archived meanwhile"):
            wizard.action_apply()
        wizard.line_ids[0].quantity = 0
        self.client.active = False
        with self.assertRaisesRegex(UserError, "Client Żółw i Spółka is archived"):
            wizard.action_apply()
        self.client.active = True
        wizard.action_apply()
        self.assertEqual(len(self.order.invoice_ids.invoice_line_ids), 4)

    def test_client_merged_meanwhile_gets_the_document(self):
        wizard = self._create_wizard(kind="invoice")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge(
            (self.client | self.other_client).ids, self.other_client, extra_checks=False
        )
        wizard.action_apply()
        self.assertEqual(self.order.invoice_ids.partner_id, self.other_client)

    def test_down_payment_in_percent_and_as_an_amount(self):
        self.offer_type.write({"realize_as": "advance", "advance_percent": 20})
        wizard = self._create_wizard()
        self.assertRecordValues(wizard, [{"kind": "advance", "advance_percent": 20}])
        wizard.action_apply()
        invoice = self.order.invoice_ids
        self.assertAlmostEqual(
            invoice.amount_total, self.order.amount_total * 0.2, places=2
        )
        vals = {"kind": "advance", "advance_method": "amount"}
        self._realize(**vals, advance_amount=100)
        self.assertEqual(len(self.order.invoice_ids), 2)
        too_much = self._create_wizard(**vals, advance_amount=10**6)
        with self.assertRaisesRegex(UserError, "still to be invoiced"):
            too_much.action_apply()
        with self.assertRaisesRegex(UserError, "more than 0"):
            self._realize(kind="advance", advance_percent=120)

    def test_delivery_by_hand_in_parts(self):
        self.products.type = "service"
        offer = self._create_accepted_offer()
        wizard = self._create_wizard(offer, kind="delivery")
        wizard.line_ids[0].quantity = 0.5
        wizard.line_ids[1:].unlink()
        wizard.action_apply()
        self.assertEqual(
            offer.accepted_order_id.order_line.mapped("qty_delivered"),
            [0.5, 0, 0, 0, 0],
        )

    def test_open_offer_is_accepted_by_its_realization(self):
        offer = self._create_sent_offer(offer_type_id=self.offer_type.id)
        order = offer.order_ids[1]
        document = self._realize(offer, kind="order", order_id=order.id)
        self.assertEqual(document, order)
        self.assertEqual(offer.state, "accepted")
        self.assertEqual(offer.accepted_order_id, order)
        with self.assertRaisesRegex(UserError, "is an order already"):
            self._realize(offer, kind="order")

    def test_offer_that_waits_for_approval_is_not_realized(self):
        if "gestor.offer.approval.rule" not in self.env:
            self.skipTest("without approvals")
        self.env["gestor.offer.approval.rule"].create(
            {
                "name": "Discounts",
                "kind": "line_discount",
                "limit_percent": 10,
                "approver_ids": self.offer_manager.ids,
            }
        )
        offer = self._create_offer()
        offer.order_ids[1].order_line[0].discount = 50
        with self.assertRaisesRegex(UserError, offer.name):
            self._realize(offer, kind="invoice")
        self.assertEqual(offer.state, "draft")

    def test_kind_is_the_offers_then_the_clients_then_the_types(self):
        self.offer_type.realize_as = "delivery"
        self.assertEqual(self.offer._get_realize_kind(), "delivery")
        self.client.gestor_realize_as = "advance"
        self.assertEqual(self.offer._get_realize_kind(), "advance")
        self.offer.realize_as = "invoice"
        self.assertEqual(self.offer._get_realize_kind(), "invoice")

    def test_posting_is_for_who_may_invoice(self):
        invoice = self._realize(kind="invoice", is_posted=True)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.offer.state, "realized")
        offer = self._create_accepted_offer(user_id=self.other_salesperson.id)
        wizard = self._create_wizard(offer, user=self.other_salesperson, kind="invoice")
        wizard.action_apply()
        self.assertEqual(offer.accepted_order_id.invoice_ids.state, "draft")

    def test_colleague_without_rights_realizes_nothing(self):
        with self.assertRaises(AccessError):
            self.offer.with_user(self.other_salesperson)._gestor_realize("invoice")
        clerk = self._create_user("clerk", "gestor_base.gestor_base_group_user")
        with self.assertRaises(AccessError):
            self._create_wizard(user=clerk, kind="invoice")

    def test_type_of_another_company_is_not_taken(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.env["gestor.offer.type"].create(
            {
                "name": "Foreign",
                "company_id": other.id,
                "is_default": True,
                "sequence": -9,
            }
        )
        offer = self._create_offer()
        self.assertNotEqual(offer.offer_type_id, foreign)
        self.assertTrue(offer.offer_type_id)
        with self.assertRaises(UserError):
            offer.offer_type_id = foreign

    def test_invoice_in_the_currency_of_the_offer(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "company_id": self.company.id}
        )
        pricelist = self._create_pricelist("Euro", 0, currency_id=euro.id)
        offer = self._create_accepted_offer(
            order_ids=[
                Command.create(self._prepare_variant_vals(pricelist_id=pricelist.id))
                for _number in range(2)
            ]
        )
        invoice = self._realize(offer, kind="invoice")
        self.assertEqual(invoice.currency_id, euro)
        self.assertEqual(invoice.amount_total, offer.amount_total)

    def test_cost_of_the_dialog_does_not_grow_with_the_lines(self):
        def count(lines):
            offer = self._create_accepted_offer(
                order_ids=[
                    Command.create(
                        self._prepare_variant_vals(
                            products=[self.products[n % 5] for n in range(lines)]
                        )
                    )
                    for _number in range(2)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard = self._create_wizard(offer, kind="invoice")
            wizard.line_ids.mapped("open_quantity")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertLessEqual(count(90), count(10) + 3)
