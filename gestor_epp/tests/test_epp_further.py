from odoo.tests import tagged

from . import epp_sample
from .common import GestorEppCommon


@tagged("post_install", "-at_install")
class TestEppFurther(GestorEppCommon):
    """Groups and features of goods, further data of clients, employees."""

    def _build(self):
        return epp_sample.document(
            [
                ("KONTRAHENCI", [epp_sample.client("K1", "Jeden")]),
                ("DODATKOWEKONTRAHENTOW", [["K1", 0, "", 1, 0], ["K9", 0, "", 1, 0]]),
                ("TOWARY", [epp_sample.good("T1", "Żarówka")]),
                ("GRUPYTOWAROW", [["T1", "Lampy próbne", "1"], ["T9", "Inne", ""]]),
                ("CECHYTOWAROW", [["T1", "Nowość"], ["T1", "Eko próbne"]]),
                ("PRACOWNICY", [["Nowak", "Ewa", *[""] * 5, "90010112345"]]),
            ]
        )

    def test_goods_get_category_and_tags(self):
        job = self._import(self._build())
        product = self._product("T1")
        self.assertEqual(product.categ_id.name, "Lampy próbne")
        self.assertEqual(
            sorted(product.product_tag_ids.mapped("name")), ["Eko próbne", "Nowość"]
        )
        self.assertFalse(self.env["product.category"].search([("name", "=", "Inne")]))
        lines = self._lines(job, section="GRUPYTOWAROW")
        self.assertEqual(lines.mapped("action"), ["update", "skip"])
        again = self._import(self._build())
        actions = set(self._lines(again, section="CECHYTOWAROW").mapped("action"))
        self.assertEqual(actions, {"unchanged"})

    def test_further_data_of_clients_are_kept(self):
        job = self._import(self._build())
        self.assertIn("Cash method", self._partner("K1").gestor_epp_text)
        lines = self._lines(job, section="DODATKOWEKONTRAHENTOW")
        self.assertEqual(lines.mapped("action"), ["update", "skip"])

    def test_employees_come_only_when_wanted_and_without_pesel(self):
        job = self._import(self._build())
        own = self.company.partner_id
        self.assertFalse(own.child_ids)
        self.assertNotIn("90010112345", str(job.line_ids.mapped("data")))
        job = self._import(self._build(), with_employees=True)
        self.assertEqual(own.child_ids.name, "Ewa Nowak")
        self.assertNotIn("90010112345", str(own.child_ids.read()))
        job.action_undo()
        self._finish(job)
        self.assertFalse(own.child_ids)

    def test_undo_takes_groups_and_features_back(self):
        job = self._import(self._build())
        job.action_undo()
        self._finish(job)
        self.assertFalse(self._product("T1"))
        self.assertFalse(job.kept_count, job.line_ids.mapped("undo_note"))
        for model in ("product.category", "product.tag"):
            found = self.env[model].search(
                [("name", "in", ("Lampy próbne", "Eko próbne"))]
            )
            self.assertFalse(found, model)
