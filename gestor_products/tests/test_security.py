from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestSecurity(GestorProductsCommon):
    def _visible_menus(self, user):
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        return {
            name
            for name in ("gestor_goods_menu", "gestor_pricelist_menu")
            if self.env.ref(f"gestor_products.{name}").id in visible
        }

    def test_user_reads_goods_and_changes_none(self):
        goods = self.boiler.with_user(self.reader)
        self.assertEqual(goods.gestor_pkwiu, "25.21.12.0")
        with self.assertRaises(AccessError):
            goods.gestor_pkwiu = "1"
        with self.assertRaises(AccessError):
            goods.gestor_flag_id = self.env.ref("gestor_base.gestor_flag_urgent")
        with self.assertRaises(AccessError):
            goods.create({"name": "New"})

    def test_manager_of_gestor_adds_goods(self):
        manager = self._create_user("manager", "gestor_base.gestor_base_group_manager")
        goods = self.env["product.template"].with_user(manager).create({"name": "New"})
        goods.gestor_flag_id = self.env.ref("gestor_base.gestor_flag_urgent")
        self.assertEqual(goods.gestor_flag_user_id, manager)

    def test_goods_of_another_company_are_not_found(self):
        other = self.env["res.company"].create({"name": "Other company"})
        theirs = self._create_goods("Theirs", company_id=other.id)
        goods = self.env["product.template"].with_user(self.reader)
        found = goods.search([("id", "in", (theirs | self.boiler).ids)])
        self.assertEqual(found, self.boiler)

    def test_price_lists_are_shown_to_whom_the_host_allows_them(self):
        pricelists = self.env.ref("product.group_product_pricelist")
        self.env.ref("base.group_user").implied_ids -= pricelists
        reader = self._create_user(
            "without_lists", "gestor_base.gestor_base_group_user"
        )
        self.assertEqual(self._visible_menus(reader), {"gestor_goods_menu"})
        reader.group_ids = [Command.link(pricelists.id)]
        self.assertEqual(
            self._visible_menus(reader), {"gestor_goods_menu", "gestor_pricelist_menu"}
        )

    def test_user_reads_activity_templates_and_changes_none(self):
        templates = self.env["gestor.product.activity.template"]
        self.assertTrue(templates.with_user(self.reader).has_access("read"))
        for operation in ("create", "write", "unlink"):
            self.assertFalse(templates.with_user(self.reader).has_access(operation))
            self.assertTrue(templates.with_user(self.editor).has_access(operation))
