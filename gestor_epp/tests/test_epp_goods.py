from odoo.tests import tagged

from . import epp_sample
from .common import GestorEppCommon

EAN = "5901234123457"


@tagged("post_install", "-at_install")
class TestEppGoods(GestorEppCommon):
    def _import_goods(self, *goods, **vals):
        return self._import(self._document(goods=goods), **vals)

    def _tax(self, name):
        template = self.env["account.chart.template"].with_company(self.company)
        return template.ref(name)

    def test_good_gets_its_values(self):
        data = self._document(
            [epp_sample.client("K1", "Dostawca", kind=1)],
            [
                epp_sample.good(
                    "T1", "Żarówka", barcode=EAN, maker="PR-1", pkwiu="27.40",
                    cost=12.5, supplier="K1", days=7, description="Ciepłe światło",
                    remarks="Uwaga",
                )
            ],
            [
                epp_sample.price("T1", "Detaliczna", 20),
                epp_sample.price("T1", "Hurtowa", 17),
            ],
        )  # fmt: skip
        self.assertFine(self._import(data))
        product = self._product("T1")
        self.assertRecordValues(
            product.with_company(self.company),
            [
                {
                    "name": "Żarówka",
                    "type": "consu",
                    "barcode": EAN,
                    "gestor_manufacturer_code": "PR-1",
                    "gestor_pkwiu": "27.40",
                    "standard_price": 12.5,
                    "list_price": 20.0,
                    "description_sale": "Ciepłe światło",
                    "uom_id": self.env.ref("uom.product_uom_unit").id,
                    "taxes_id": self._tax("vs_kraj_23").ids,
                    "supplier_taxes_id": self._tax("vz_kraj_23").ids,
                    "gestor_epp_data": {"remarks": "Uwaga"},
                }
            ],
        )
        self.assertRecordValues(
            product.seller_ids,
            [{"partner_id": self._partner("K1").id, "price": 12.5, "delay": 7}],
        )

    def test_kinds_units_and_taxes(self):
        rows = [
            epp_sample.good("T1", "Usługa", kind=2, unit="godz.", vat="23"),
            epp_sample.good("T2", "Paleta", kind=4, unit="szt", vat="8"),
            epp_sample.good("T3", "Opłata", kind=16, unit="", vat="zw", percent=-1),
            epp_sample.good("T4", "Zestaw", kind=8, unit="kpl.", vat="0"),
            epp_sample.good("T5", "Kabel", unit="km", vat="oo", percent=-5),
        ]
        job = self._import_goods(*rows)
        self.assertFine(job)
        products = [self._product(f"T{n}") for n in range(1, 6)]
        self.assertEqual(
            [p.type for p in products],
            ["service", "consu", "service", "consu", "consu"],
        )
        self.assertEqual(products[0].uom_id, self.env.ref("uom.product_uom_hour"))
        self.assertEqual(products[3].uom_id.name, "kpl.")
        self.assertTrue(products[4].uom_id.active)
        names = ("vs_kraj_usl_23", "vs_kraj_8", "vs_kraj_zw", "vs_kraj_0")
        for product, name in zip(products, names, strict=False):
            self.assertEqual(product.taxes_id, self._tax(name))
        self.assertFalse(products[4].taxes_id)
        self.assertIn("oo", self._lines(job, key="T5").reason)
        self.assertIn("kpl.", self._lines(job, key="T4").reason)

    def test_company_without_polish_taxes_gets_no_guess(self):
        company = self.env["res.company"].create({"name": "Bez planu kont"})
        user = self._create_user("epp_plain", company=company)
        job = self._import_goods(epp_sample.good("T1", "Towar"), user=user)
        self.assertEqual(job.line_ids.action, "create")
        self.assertIn("no tax", job.line_ids.reason)
        product = self.env["product.template"].browse(job.line_ids.res_id)
        self.assertEqual(product.company_id, company)
        self.assertFalse(product.taxes_id)

    def test_barcodes_clash_and_are_kept(self):
        job = self._import_goods(
            epp_sample.good("T1", "Pierwszy", barcode=EAN),
            epp_sample.good("T2", "Drugi", barcode=EAN),
            epp_sample.good("T3", "Trzeci", barcode="zły kod"),
        )
        self.assertFine(job)
        self.assertEqual(self._product("T1").barcode, EAN)
        for code, barcode in (("T2", EAN), ("T3", "zły kod")):
            product = self._product(code)
            self.assertFalse(product.barcode)
            self.assertEqual(product.gestor_epp_data["barcode"], barcode)
            self.assertIn(barcode, self._lines(job, key=code).reason)

    def test_good_without_code_is_found_by_barcode(self):
        product = self.env["product.template"].create(
            {"name": "Stary", "barcode": EAN, "company_id": self.company.id}
        )
        job = self._import_goods(epp_sample.good("T1", "Nowy", barcode=EAN, unit="kg"))
        self.assertEqual(job.line_ids.action, "update")
        self.assertEqual((product.default_code, product.name), ("T1", "Nowy"))
        self.assertEqual(product.uom_id, self.env.ref("uom.product_uom_unit"))
        self.assertIn("kg", job.line_ids.reason)

    def test_unknown_supplier_is_told(self):
        job = self._import_goods(epp_sample.good("T1", "Towar", supplier="K404"))
        self.assertEqual(job.line_ids.action, "create")
        self.assertIn("K404", job.line_ids.reason)

    def test_prices_change_in_place(self):
        good = epp_sample.good("T1", "Towar")
        first = [epp_sample.price("T1", "Detaliczna", 10.5)]
        self._import(self._document(goods=[good], prices=first))
        second = [
            epp_sample.price("T1", "Detaliczna", 11),
            epp_sample.price("T1", "Detaliczna", 12),
            epp_sample.price("T9", "Detaliczna", 1),
            epp_sample.price("T1", "Hurtowa", 0),
        ]
        job = self._import(self._document(goods=[good], prices=second))
        actions = self._lines(job, section="CENNIK").mapped("action")
        self.assertEqual(actions, ["update", "skip", "skip", "skip"])
        pricelists = self._pricelists()
        self.assertEqual(pricelists.mapped("name"), ["Detaliczna"])
        self.assertEqual(pricelists.currency_id.name, "PLN")
        self.assertEqual(pricelists.item_ids.mapped("fixed_price"), [11.0])
        self.assertEqual(self._product("T1").list_price, 11.0)

    def test_price_line_opens_its_price_list(self):
        good = epp_sample.good("T1", "Towar")
        job = self._import(
            self._document(goods=[good], prices=[epp_sample.price("T1", "Hurtowa", 5)])
        )
        action = self._lines(job, section="CENNIK").action_open_record()
        self.assertEqual(action["res_model"], "product.pricelist")
