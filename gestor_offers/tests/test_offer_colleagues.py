from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GestorOffersCommon


@tagged("post_install", "-at_install")
class TestOfferColleagues(GestorOffersCommon):
    """Those who sell or invoice without any right to offers work as before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user(
            "gestor_offers_seller",
            "sales_team.group_sale_manager,account.group_account_invoice",
        )
        cls.process = cls._create_process(user_id=cls.seller.id)
        cls.offer = cls._create_sent_offer(process_id=cls.process.id)
        cls.first, cls.second = cls.offer.order_ids
        cls.env.invalidate_all()

    def _open(self, record, view_type):
        """Read what a screen of the record reads."""
        arch = etree.fromstring(record.get_view(view_type=view_type)["arch"])
        names = arch.xpath("//field[not(ancestor::field)]/@name")
        return record.web_read({name: {} for name in names})

    def test_seller_opens_the_process(self):
        process = self.process.with_user(self.seller)
        for view_type in ("form", "list", "kanban", "graph", "pivot"):
            with self.subTest(view_type=view_type):
                self.assertTrue(self._open(process, view_type))
        self.assertEqual(process.gestor_offer_count, 0)
        self.assertNotIn("gestor_offer_ids", process.read()[0])

    def test_seller_opens_the_order(self):
        for view_type in ("form", "list", "kanban"):
            with self.subTest(view_type=view_type):
                self.assertTrue(
                    self._open(self.first.with_user(self.seller), view_type)
                )

    def test_seller_merges_processes(self):
        other = self._create_process(user_id=self.seller.id)
        offer = self._create_offer(process_id=other.id)
        self.env.invalidate_all()
        merged = (self.process | other).with_user(self.seller).merge_opportunity()
        self.assertEqual((self.offer | offer).process_id, merged.sudo())
        self.assertEqual(offer.order_ids.opportunity_id, merged.sudo())

    def test_process_with_offers_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "with offers"):
            self.process.with_user(self.seller).unlink()
        self._create_process().unlink()

    def test_seller_works_on_the_accepted_order(self):
        self.offer._gestor_accept(self.second)
        self.env.invalidate_all()
        order = self.second.with_user(self.seller)
        order.order_line[0].product_uom_qty = 7
        order.write(
            {"order_line": [Command.create({"product_id": self.products[0].id})]}
        )
        with self.assertRaisesRegex(UserError, "has seen"):
            self.first.with_user(self.seller).order_line[0].price_unit = 1
        order.action_cancel()
        self.assertEqual(self.offer.state, "sent")
        self.assertEqual(self.process.won_status, "pending")

    def test_seller_follows_the_offer_when_invoicing(self):
        self.offer._gestor_accept(self.second)
        self.env.invalidate_all()
        invoice = self._invoice(self.offer, self.seller)
        self.assertEqual(self.offer.state, "realized")
        self.env.invalidate_all()
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.offer.state, "accepted")

    def test_down_payment_is_cancelled_before_the_order(self):
        self.offer._gestor_accept(self.second)
        payment = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=self.second.ids)
            .create({"advance_payment_method": "percentage", "amount": 30})
        )
        payment.create_invoices()
        invoice = self.second.invoice_ids
        invoice.action_post()
        self.assertEqual(self.offer.state, "accepted")
        with self.assertRaisesRegex(UserError, "down payment"):
            self.second.action_cancel()
        invoice.button_draft()
        invoice.button_cancel()
        self.second.action_cancel()
        self.assertEqual(self.offer.state, "sent")

    def test_delivered_order_is_not_cancelled(self):
        self.offer._gestor_accept(self.second)
        self.second.order_line[0].write(
            {"qty_delivered_method": "manual", "qty_delivered": 1}
        )
        with self.assertRaisesRegex(UserError, "delivered"):
            self.second.action_cancel()
        self.assertEqual(self.offer.state, "accepted")

    def test_labels_of_the_documents(self):
        for model, label in (
            ("crm.lead", "Proces ofertowy"),
            ("gestor.offer", "Oferta"),
        ):
            documents = self.env[model].with_context(lang="pl_PL")
            self.assertEqual(documents._gestor_document_label(), label)
