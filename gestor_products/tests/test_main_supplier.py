from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestMainSupplier(GestorProductsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near, cls.far = cls.env["res.partner"].create(
            [{"name": "Hurtownia Bliska"}, {"name": "Hurtownia Daleka"}]
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other company"})
        cls.near_row = cls._create_row(cls.near)
        cls.far_row = cls._create_row(cls.far, gestor_is_main=True)

    @classmethod
    def _create_row(cls, partner, **vals):
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": partner.id,
                "product_tmpl_id": cls.boiler.id,
                "price": 100,
                "company_id": False,
                **vals,
            }
        )

    def _main(self):
        return self.boiler.with_user(self.reader).gestor_main_supplier_id

    def test_mark_moves_from_one_supplier_to_the_other(self):
        self.assertEqual(self._main(), self.far)
        self.near_row.with_user(self.editor).gestor_is_main = True
        self.assertFalse(self.far_row.gestor_is_main)
        self.assertEqual(self._main(), self.near)
        self._create_row(self.far, gestor_is_main=True, min_qty=10)
        self.assertFalse(self.near_row.gestor_is_main)
        self.near_row.gestor_is_main = False
        self.assertEqual(self._main(), self.far)

    def test_many_rows_marked_at_once_leave_one(self):
        rows = self.near_row | self.far_row
        rows.gestor_is_main = True
        self.assertEqual(rows.filtered("gestor_is_main"), self.far_row)

    def test_company_has_a_main_supplier_of_its_own(self):
        self._create_row(self.near, gestor_is_main=True, company_id=self.env.company.id)
        self.assertTrue(self.far_row.gestor_is_main)
        self.assertEqual(self._main(), self.near)
        boiler = self.boiler.with_company(self.other_company)
        self.assertEqual(boiler.gestor_main_supplier_id, self.far)

    def test_other_goods_keep_their_mark(self):
        row = self._create_row(
            self.near, product_tmpl_id=self.service.id, gestor_is_main=True
        )
        self.near_row.gestor_is_main = True
        self.assertTrue(row.gestor_is_main)

    @mute_logger("odoo.sql_db")
    def test_database_refuses_two_main_suppliers(self):
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE product_supplierinfo SET gestor_is_main = true WHERE id = %s",
                [self.near_row.id],
            )

    def test_goods_are_found_by_main_supplier(self):
        goods = self.env["product.template"].with_user(self.reader)
        ours = [("id", "in", self.goods.ids)]
        for domain, found in (
            ([("gestor_main_supplier_id", "=", self.far.id)], self.boiler),
            ([("gestor_main_supplier_id", "=", self.near.id)], goods),
            ([("gestor_main_supplier_id", "ilike", "daleka")], self.boiler),
            ([("gestor_main_supplier_id", "child_of", self.far.id)], self.boiler),
            ([("gestor_main_supplier_id", "=", False)], self.service),
            ([("gestor_main_supplier_id", "!=", False)], self.boiler),
            ([("gestor_main_supplier_id", "in", [False, self.far.id])], self.goods),
            ([("gestor_main_supplier_id", "!=", self.far.id)], self.service),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(goods.search(domain + ours), found)

    def test_host_orders_at_the_main_supplier_first(self):
        product = self.boiler.product_variant_id
        self.assertEqual(product._select_seller(quantity=1), self.far_row)
        self.near_row.gestor_is_main = True
        self.assertEqual(product._select_seller(quantity=1), self.near_row)
        # below its least quantity the other one is asked
        self.near_row.min_qty = 5
        self.assertEqual(product._select_seller(quantity=1), self.far_row)

    def test_reader_marks_no_supplier(self):
        with self.assertRaises(AccessError):
            self.near_row.with_user(self.reader).gestor_is_main = True

    def test_more_goods_take_no_more_queries(self):
        goods = self.env["product.template"].create(
            [{"name": f"Goods {number}"} for number in range(40)]
        )
        for product in goods:
            self._create_row(self.near, product_tmpl_id=product.id, gestor_is_main=True)

        def count_queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.with_user(self.reader).mapped("gestor_main_supplier_id")
            return self.cr.sql_log_count - before

        count_queries(goods)
        self.assertEqual(count_queries(goods[:3]), count_queries(goods))
