from lxml import etree

from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import GestorProductsCommon


@tagged("post_install", "-at_install")
class TestGoods(GestorProductsCommon):
    def _box_domain(self, text):
        """Return the domain that the search box makes of a text."""
        view = self.env.ref("gestor_products.product_template_view_search")
        field = etree.fromstring(view.arch).find("field[@name='name']")
        return Domain(safe_eval(field.get("filter_domain"), {"self": text}))

    def _find(self, text):
        goods = self.env["product.template"].with_user(self.reader)
        return goods.search(self._box_domain(text) & Domain("id", "in", self.goods.ids))

    def test_search_box_finds_by_name_code_and_manufacturer_code(self):
        for text in ("płomyk", "PLOMYK", "kg-24", "24-gz", "PL/24-GZ.007"):
            with self.subTest(text=text):
                self.assertEqual(self._find(text), self.boiler)
        self.assertEqual(self._find("us-01"), self.service)
        self.assertFalse(self._find("no such goods"))

    def test_many2one_finds_by_manufacturer_code(self):
        for records in (self.boiler, self.boiler.product_variant_id):
            with self.subTest(model=records._name):
                found = records.with_user(self.reader).name_search("24-gz.007")
                self.assertEqual([row[0] for row in found], records.ids)

    def test_many2one_of_variants_keeps_domain_and_limit(self):
        variant = self.boiler.product_variant_id.with_user(self.reader)
        self.assertFalse(variant.name_search("24-gz.007", [("id", "!=", variant.id)]))
        self.assertEqual(len(variant.name_search("a", limit=1)), 1)
        self.assertTrue(variant.name_search(""))

    def test_many2one_search_still_excludes(self):
        found = self.env["product.template"].search(
            [("display_name", "not ilike", "KG-24"), ("id", "in", self.goods.ids)]
        )
        self.assertEqual(found, self.service)

    def test_variant_shares_flag_and_links_of_its_goods(self):
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        variant = self.boiler.product_variant_id.with_user(self.editor)
        variant.gestor_flag_id = flag
        self.assertEqual(self.boiler.gestor_flag_id, flag)
        self.assertEqual(self.boiler.gestor_flag_user_id, self.editor)
        variant._gestor_link(self.service)
        self.assertEqual(variant._gestor_linked("product.template"), self.service)
        self.assertEqual(variant.gestor_link_count, 1)
        self.assertEqual(
            variant.action_gestor_links()["domain"],
            self.boiler.action_gestor_links()["domain"],
        )
        self.assertEqual(
            variant.action_gestor_set_flag()["context"]["active_ids"], self.boiler.ids
        )

    def test_variant_offers_the_flags_of_goods(self):
        area = self.env["ir.model"]._get("product.template")
        flag = self.env["gestor.flag"].create({"name": "Goods", "model_ids": area})
        variants = self.env["product.product"].with_user(self.editor)
        field = variants.fields_get(["gestor_flag_id"])["gestor_flag_id"]
        self.assertIn(flag, self.env["gestor.flag"].search(field["domain"]))

    def test_goods_are_linked_as_one_kind_of_document(self):
        names = self.env["gestor.document.mixin"]._gestor_implementers()
        self.assertIn("product.template", names)
        self.assertNotIn("product.product", names)

    def test_forms_of_goods_and_variants_open_and_save(self):
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        for records, view in (
            (self.boiler, "product.product_template_only_form_view"),
            (self.boiler.product_variant_id, "product.product_normal_form_view"),
        ):
            with self.subTest(model=records._name):
                with Form(records.with_user(self.editor), view=view) as form:
                    form.gestor_flag_id = flag
                    form.gestor_pkwiu = "25.21.12.1"
                self.assertEqual(self.boiler.gestor_pkwiu, "25.21.12.1")

    def test_employee_without_gestor_sees_the_plain_form(self):
        employee = self._create_user("employee", "base.group_user")
        view = (
            self.env["product.template"]
            .with_user(employee)
            .get_view(self.env.ref("product.product_template_only_form_view").id)
        )
        self.assertNotIn("gestor_", view["arch"])

    def test_list_needs_the_same_queries_for_more_goods(self):
        flag = self.env.ref("gestor_base.gestor_flag_urgent")
        goods = self.env["product.template"].create(
            [
                {"name": f"Goods {number}", "gestor_flag_id": flag.id}
                for number in range(40)
            ]
        )
        specification = {
            "gestor_flag_id": {"fields": {"display_name": {}}},
            "gestor_flag_color": {},
            "gestor_flag_icon": {},
            "default_code": {},
            "name": {},
            "gestor_manufacturer_code": {},
            "gestor_pkwiu": {},
            "list_price": {},
            "categ_id": {"fields": {"display_name": {}}},
        }

        def count_queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["product.template"].with_user(self.reader).web_search_read(
                [("id", "in", records.ids)], specification, limit=80
            )
            return self.cr.sql_log_count - before

        count_queries(goods)
        self.assertEqual(count_queries(goods[:2]), count_queries(goods))
