from odoo.tests import tagged

from .common import GestorProductsSaleCommon


@tagged("post_install", "-at_install")
class TestClassifierSearch(GestorProductsSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        classifier = cls.env["gestor.classifier"].create({"name": "Działy"})
        nodes = cls.env["gestor.classifier.node"]
        cls.root = classifier.root_id
        cls.water = nodes.create({"name": "Woda", "classifier_id": classifier.id})
        cls.fittings = nodes.create({"name": "Armatura", "parent_id": cls.water.id})
        cls.heat = nodes.create({"name": "Ciepło", "classifier_id": classifier.id})
        cls.valve.product_tmpl_id.gestor_node_ids = cls.fittings
        cls.pipe.product_tmpl_id.gestor_node_ids = cls.heat
        cls.order = cls._create_order([(cls.valve, 2), (cls.pipe, 1)])
        cls.other_order = cls._create_order([(cls.pipe, 3)])
        cls.orders = cls.order | cls.other_order

    def _find(self, model, node, extra):
        domain = [("gestor_node_ids", "child_of", node.id), *extra]
        return self.env[model].with_user(self.seller).search(domain)

    def test_seller_filters_orders_and_lines_by_node(self):
        ours = [("id", "in", self.orders.ids)]
        self.assertEqual(self._find("sale.order", self.water, ours), self.order)
        self.assertEqual(self._find("sale.order", self.heat, ours), self.orders)
        self.assertEqual(self._find("sale.order", self.root, ours), self.orders)
        ours = [("order_id", "in", self.orders.ids)]
        self.assertEqual(
            self._find("sale.order.line", self.water, ours), self.order.order_line[0]
        )
        self.assertEqual(self.order.gestor_node_ids, self.fittings | self.heat)

    def test_seller_filters_the_sales_report_by_node(self):
        self.env.flush_all()
        for node, quantity in ((self.water, 2), (self.heat, 4), (self.root, 6)):
            with self.subTest(node=node.name):
                groups = (
                    self.env["sale.report"]
                    .with_user(self.seller)
                    ._read_group(
                        [
                            ("gestor_node_ids", "child_of", node.id),
                            ("partner_id", "=", self.client.id),
                        ],
                        [],
                        ["product_uom_qty:sum"],
                    )
                )
                self.assertEqual(groups, [(quantity,)])

    def test_accountant_filters_invoices_and_their_analysis_by_node(self):
        self.orders.sudo().order_line.product_id.invoice_policy = "order"
        self.orders.sudo().action_confirm()
        invoice = self.order.sudo()._create_invoices()
        other = self.other_order.sudo()._create_invoices()
        accountant = self._create_user(
            "gestor_base.gestor_base_group_user,account.group_account_invoice"
        )
        self.env.flush_all()
        for node, moves, quantity in (
            (self.water, invoice, 2),
            (self.heat, invoice | other, 4),
            (self.root, invoice | other, 6),
        ):
            domain = [("gestor_node_ids", "child_of", node.id)]
            with self.subTest(node=node.name):
                found = self.env["account.move"].with_user(accountant).search(domain)
                self.assertEqual(found & (invoice | other), moves)
                report = self.env["account.invoice.report"].with_user(accountant)
                domain += [("partner_id", "=", self.client.id)]
                groups = report._read_group(domain, [], ["quantity:sum"])
                self.assertEqual(groups, [(quantity,)])
        self.assertEqual(invoice.gestor_node_ids, self.fittings | self.heat)

    def test_portal_user_gets_no_classifiers_of_an_order(self):
        portal = self._create_user("base.group_portal")
        for model in ("sale.order", "sale.order.line", "account.move"):
            fields = self.env[model].with_user(portal).fields_get()
            self.assertNotIn("gestor_node_ids", fields)
