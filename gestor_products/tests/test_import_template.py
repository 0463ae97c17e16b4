from odoo.tests import tagged

from odoo.addons.gestor_templates.tests.import_common import ImportTemplateCase


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportTemplateCase):
    groups = "product.group_product_manager"

    def test_goods_are_imported_in_each_language(self):
        for lang in ("en_US", "pl_PL"):
            with self.subTest(lang=lang):
                goods = self._import_template("product.template", lang)
                self.assertEqual(goods.default_code, "TOWAR-1")
                self.assertEqual(goods.list_price, 129.5)
                goods.sudo().unlink()
