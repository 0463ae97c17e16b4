from odoo.exceptions import UserError
from odoo.tests import tagged

from . import epp_sample
from .common import GestorEppCommon


@tagged("post_install", "-at_install")
class TestEppUndo(GestorEppCommon):
    def _undo(self, job):
        job.action_undo()
        self._finish(job)
        self.assertEqual(job.state, "undone", job.error)

    def test_undo_leaves_nothing_behind(self):
        models = (
            "res.partner", "res.partner.bank", "res.bank", "product.template",
            "product.pricelist", "product.pricelist.item", "product.supplierinfo",
            "uom.uom", "res.partner.category",
        )  # fmt: skip

        def count():
            return {
                name: self.env[name].with_context(active_test=False).search_count([])
                for name in models
            }

        before = count()
        job = self._import(epp_sample.build(clients=20, goods=15))
        self.assertFine(job)
        self.assertTrue(job.can_undo)
        self.assertNotEqual(count(), before)
        self._undo(job)
        self.assertEqual(count(), before)
        self.assertFalse(job.can_undo)
        self.assertFine(self._import(epp_sample.build(clients=20, goods=15)))

    def test_undo_restores_old_values_unless_changed_since(self):
        self._import(self._document([epp_sample.client("K1", "Stara", phone="1")]))
        job = self._import(
            self._document([epp_sample.client("K1", "Nowa", phone="2", contact="Jan")])
        )
        partner = self._partner("K1")
        partner.phone = "3"
        self._undo(job)
        self.assertEqual((partner.name, partner.phone), ("Stara", "3"))
        self.assertFalse(partner.child_ids)
        self.assertIn("Phone", job.line_ids.undo_note)
        self.assertEqual(job.kept_count, 1)

    def test_undo_keeps_what_is_in_use(self):
        clients = [epp_sample.client(f"K{n}", f"Firma {n}") for n in (1, 2, 3)]
        goods = [epp_sample.good(f"T{n}", f"Towar {n}") for n in (1, 2)]
        job = self._import(self._document(clients, goods))
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": self.company.id,
                "partner_id": self._partner("K1").id,
                "invoice_line_ids": [
                    (0, 0, {"product_id": self._product("T1").product_variant_id.id})
                ],
            }
        )
        self._partner("K2").message_post(body="Dzwonił", message_type="comment")
        self._undo(job)
        self.assertTrue(invoice.exists().partner_id)
        self.assertTrue(self._partner("K1") and self._partner("K2"))
        self.assertFalse(self._partner("K3") or self._product("T2"))
        self.assertTrue(self._product("T1"))
        for key in ("K1", "K2", "T1"):
            self.assertIn("in use", self._lines(job, key=key).undo_note)

    def test_undo_keeps_what_was_linked_flagged_or_given_a_file(self):
        job = self._import(
            self._document([epp_sample.client(f"K{n}", f"F {n}") for n in range(5)])
        )
        self._partner("K0")._gestor_link(self._partner("K1"))
        self._partner("K2").gestor_flag_id = self.env["gestor.flag"].create(
            {"name": "Ask"}
        )
        self.env["ir.attachment"].create(
            {
                "name": "contract.txt",
                "raw": b"x",
                "res_model": "res.partner",
                "res_id": self._partner("K3").id,
            }
        )
        self._undo(job)
        kept = [f"K{n}" for n in range(5) if self._partner(f"K{n}")]
        self.assertEqual(kept, ["K0", "K1", "K2", "K3"])
        self.assertEqual(job.kept_count, 4)

    def test_undo_keeps_what_was_edited_by_hand(self):
        clients = [epp_sample.client(f"K{n}", f"F {n}") for n in (1, 2)]
        job = self._import(self._document(clients))
        self._age(job, hours=2)
        edited = self._partner("K1")
        edited.comment = "Rings only after noon"
        self.env.flush_all()
        self._age(edited, hours=1)
        self._undo(job)
        self.assertTrue(edited.exists())
        self.assertFalse(self._partner("K2"))
        self.assertIn("changed since", self._lines(job, key="K1").undo_note)

    def _age(self, records, hours):
        """Pretend that what these records tell was written some hours ago."""
        self.env.flush_all()
        pairs = [(records, "write_date")]
        if records._name == "gestor.epp.import":
            made = self._partner("K1") | self._partner("K2")
            pairs = [(records, "written_at"), (made, "write_date")]
        for aged, column in pairs:
            self.env.cr.execute(
                f"UPDATE {aged._table} SET {column} = now() AT TIME ZONE 'UTC'"
                f" - interval '{hours} hours' WHERE id IN %s",
                [tuple(aged.ids)],
            )
        self.env.invalidate_all()

    def test_what_an_import_did_is_not_deleted(self):
        job = self._import(self._document([epp_sample.client("K1", "Alfa")]))
        with self.assertRaises(UserError):
            job.unlink()
        self._undo(job)
        job.unlink()
        self.assertFalse(job.exists())

    def test_undo_of_a_price_restores_it(self):
        good = epp_sample.good("T1", "Towar")
        self._import(
            self._document(goods=[good], prices=[epp_sample.price("T1", "Detal", 10)])
        )
        job = self._import(
            self._document(goods=[good], prices=[epp_sample.price("T1", "Detal", 15)])
        )
        self.assertEqual(self._product("T1").list_price, 15)
        self._undo(job)
        self.assertEqual(self._product("T1").list_price, 10)
        items = self.env["product.pricelist.item"].search(
            [("product_tmpl_id", "=", self._product("T1").id)]
        )
        self.assertEqual(items.mapped("fixed_price"), [10.0])

    def test_undo_of_a_cancelled_import(self):
        job = self._create_job(epp_sample.build(clients=5, goods=0))
        job.action_check()
        job.action_import()
        job.sudo()._run_chunk()
        if job.state == "running":
            job.action_cancel()
        self._undo(job)
        self.assertFalse(self._partner("K00001"))
