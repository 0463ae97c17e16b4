import random
import string
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib.epp import errors as epp_errors
from ..models import epp_engine, epp_texts
from . import epp_sample
from .common import GestorEppCommon


@tagged("post_install", "-at_install")
class TestEppImport(GestorEppCommon):
    def test_importer_checks_and_nothing_changes(self):
        job = self._create_job(epp_sample.build(clients=12, goods=8))
        job.action_check()
        self.assertFine(job, "ready")
        self.assertEqual(job.create_count, 12 + 8 + 24)
        self.assertEqual(job.update_count, 12)
        self.assertFalse(self._partner("K00001"))
        self.assertFalse(self._product("T00001"))
        self.assertIn("Clients", job.summary_html)
        self.assertEqual(
            (job.file_version, job.file_program, job.first_price_name),
            ("1.11", "Subiekt GT", "Detaliczna"),
        )

    def test_importer_imports_and_repeats_without_a_change(self):
        data = epp_sample.build(clients=30, goods=20)
        job = self._import(data)
        self.assertFine(job)
        self.assertEqual(job.progress_percent, 100)
        records = [
            self.env["res.partner"].search([("company_id", "=", self.company.id)]),
            self.env["product.template"].search([("company_id", "=", self.company.id)]),
            self.env["product.pricelist.item"].search(
                [("company_id", "=", self.company.id)]
            ),
            self.env["product.supplierinfo"].search(
                [("company_id", "=", self.company.id)]
            ),
        ]
        self.env.flush_all()
        before = [(r._name, r.sorted("id").mapped("write_date")) for r in records]
        again = self._import(data)
        self.assertFine(again)
        self.assertEqual(set(again.line_ids.mapped("action")), {"unchanged"})
        self.assertFalse(again.line_ids.filtered("operations"))
        self.env.invalidate_all()
        after = [(r._name, r.sorted("id").mapped("write_date")) for r in records]
        self.assertEqual(before, after)

    def test_broken_lines_are_told_and_the_rest_goes_in(self):
        goods = [epp_sample.good(f"T{n}", f"Towar {n}") for n in range(1, 5)]
        data = self._document(goods=goods)
        data = data.replace(b'"T2"', b'"T2').replace(b'1,"T3"', b'x,"T3"')
        job = self._import(data)
        self.assertEqual(job.state, "done")
        errors = self._lines(job, action="error")
        self.assertEqual(errors.mapped("line"), [9, 10])
        self.assertIn("quotation mark", errors[0].reason)
        self.assertIn("Field 1", errors[1].reason)
        self.assertTrue(self._product("T1") and self._product("T4"))
        self.assertFalse(self._product("T2") or self._product("T3"))

    def test_endless_and_negative_fields_spoil_their_own_line_alone(self):
        rng = random.Random(4)  # noqa: S311 - incompressible, as an index sees it
        long = "".join(rng.choices(string.ascii_letters + string.digits, k=10000))
        clients = [
            epp_sample.client(long, "A"),
            epp_sample.client("K2", "B", nip=long),
            epp_sample.client("K3", long),
            epp_sample.client("K4", "D"),
        ]
        goods = [
            epp_sample.good("T1", "A", barcode=long),
            epp_sample.good("T2", "B", unit=long),
            epp_sample.good("T3", "C", cost=-5),
            epp_sample.good("T4", "D"),
        ]
        prices = [
            epp_sample.price("T4", long, 3),
            epp_sample.price("T4", "Hurtowa", -3),
            epp_sample.price("T4", "Detal", 3),
        ]
        job = self._import(self._document(clients, goods, prices))
        self.assertEqual(job.state, "done")
        self.assertEqual(job.error_count, 8)
        self.assertEqual(
            self._lines(job, action="create").mapped("key"), ["K4", "T4", "T4 · Detal"]
        )
        self.assertEqual(self._pricelists().mapped("name"), ["Detal"])

    def test_a_file_that_is_none_fails_with_a_reason(self):
        cases = {b"": "Choose a file", b"a;b\r\n": "not an EDI++", b"\0\1": "binary"}
        for data, words in cases.items():
            job = self._create_job(data)
            if not data:
                with self.assertRaisesRegex(UserError, words):
                    job.action_check()
                continue
            job.action_check()
            self.assertEqual(job.state, "failed")
            self.assertIn(words, job.error)

    def test_options_switch_sections_off(self):
        data = epp_sample.build(clients=6, goods=4)
        job = self._import(
            data, with_goods=False, with_prices=False, with_contacts=False,
            with_accounts=False, with_tags=False,
        )  # fmt: skip
        self.assertFine(job)
        self.assertEqual(
            set(self._lines(job, section="TOWARY").mapped("action")), {"skip"}
        )
        partner = self._partner("K00001")
        self.assertFalse(partner.child_ids or partner.bank_ids or partner.category_id)
        self.assertFalse(self._product("T00001"))

    def test_updating_can_be_switched_off(self):
        clients = [epp_sample.client("K1", "Stara nazwa")]
        self._import(self._document(clients))
        clients = [
            epp_sample.client("K1", "Nowa nazwa"),
            epp_sample.client("K2", "Druga"),
        ]
        job = self._import(self._document(clients), update_existing=False)
        self.assertEqual(job.line_ids.mapped("action"), ["skip", "create"])
        self.assertEqual(self._partner("K1").name, "Stara nazwa")
        self._import(self._document(clients))
        self.assertEqual(self._partner("K1").name, "Nowa nazwa")

    def test_a_stopped_import_goes_on_and_repeats_nothing(self):
        data = epp_sample.build(clients=25, goods=10)
        with (
            patch.object(epp_engine, "CHUNK", 10),
            patch.object(epp_engine, "CHECK_CHUNK", 10),
        ):
            job = self._create_job(data)
            job.action_check()
            self.assertEqual(len(job.line_ids), 25 + 25 + 10 + 30)
            job.action_import()
            job.sudo()._run_chunk()
            self.assertEqual((job.progress_done, job.state), (10, "running"))
            self.assertTrue(job.time_left)
            job.action_cancel()
            self.assertFalse(job.sudo()._is_busy())
            self.assertEqual(len(self._lines(job, is_done=True)), 10)
            job.action_resume()
            self._finish(job)
        self.assertFine(job)
        refs = self.env["res.partner"].search(
            [("company_id", "=", self.company.id), ("ref", "!=", False)]
        )
        self.assertEqual(len(refs), 25)
        self.assertEqual(len(set(refs.mapped("ref"))), 25)

    def test_a_chunk_that_crashes_is_rolled_back_and_told(self):
        job = self._create_job(epp_sample.build(clients=6, goods=2))
        job.action_check()
        job.action_import()
        engine = type(self.env["gestor.epp.import"])
        with (
            patch.object(engine, "_finish", side_effect=RuntimeError("no disk")),
            self.assertLogs(epp_engine._logger.name, "ERROR"),
        ):
            self._finish(job)
        self.assertEqual((job.state, job.error), ("failed", "no disk"))
        self.assertFalse(self._partner("K00001"))
        job.action_resume()
        self._finish(job)
        self.assertFine(job)

    def test_one_row_the_database_refuses_leaves_the_rest(self):
        clients = [epp_sample.client(f"K{n}", f"Firma {n}") for n in range(8)]
        partners = type(self.env["res.partner"])
        create = partners.create

        def refuse(records, vals_list):
            if any(vals.get("ref") == "K5" for vals in vals_list):
                raise ValueError("refused by a rule")
            return create(records, vals_list)

        with patch.object(partners, "create", refuse):
            job = self._import(self._document(clients))
        self.assertEqual(job.state, "done")
        self.assertEqual(self._lines(job, action="error").key, "K5")
        self.assertIn("refused by a rule", self._lines(job, key="K5").reason)
        self.assertEqual(job.create_count, 7)

    def test_cron_runs_the_import_with_commits(self):
        job = self._create_job(epp_sample.build(clients=6, goods=4))
        job.action_check()
        job.action_import()
        with self.enter_registry_test_mode():
            self.env.ref("gestor_epp.epp_import_cron").method_direct_trigger()
        self.env.invalidate_all()
        self.assertFine(job)

    def test_a_checked_import_is_frozen(self):
        job = self._create_job(epp_sample.build(clients=3, goods=2))
        job.action_check()
        with self.assertRaisesRegex(UserError, "has been checked"):
            job.with_goods = False
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            job.action_check()
        job.action_reset_to_draft()
        self.assertFalse(job.line_ids)
        job.with_goods = False
        job.action_check()
        self.assertEqual(job.state, "ready")
        job.action_import()
        with self.assertRaisesRegex(UserError, "cancel it first"):
            job.unlink()
        with self.assertRaises(UserError):
            job.action_reset_to_draft()

    def test_unknown_sections_stay_in_the_log(self):
        data = epp_sample.document([("URZEDY", [["US 1", "Prosta"], ["US 2"]])])
        job = self._import(data)
        self.assertIn("URZEDY", job.summary_html)
        self.assertEqual(job.line_ids.mapped("action"), ["skip", "skip"])
        self.assertEqual(job.line_ids[0].data, ["US 1", "Prosta"])
        self.assertIn("no place", job.line_ids[0].reason)

    def test_every_code_has_words(self):
        self.assertFalse(epp_errors.MESSAGES.keys() - epp_texts.TEXTS.keys())
        params = dict.fromkeys(("value", "used", "position", "minimum", "field"), 7)
        for code in epp_errors.MESSAGES:
            self.assertTrue(epp_texts.say(self.env, [(code, params)]))

    def test_queries_do_not_grow_with_rows(self):
        """A check costs a fixed number of queries per 200 rows, a repeat too."""
        data = epp_sample.build(clients=150, goods=150)
        self._import(data)
        counts = []
        for rows in (60, 150):
            data = epp_sample.build(clients=rows, goods=rows)
            job = self._create_job(data)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            with (
                patch.object(epp_engine, "CHUNK", 2000),
                patch.object(epp_engine, "CHECK_CHUNK", 2000),
            ):
                job.action_check()
                job.action_import()
                self._finish(job)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] * 1.25 + 20, counts)

    def test_new_rows_cost_a_bounded_number_of_queries(self):
        job = self._create_job(epp_sample.build(clients=100, goods=100))
        job.action_check()
        job.action_import()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._finish(job)
        self.env.flush_all()
        spent = self.env.cr.sql_log_count - before
        # 600 rows; most of it is what the host does for each account and NIP
        self.assertLess(spent / 600, 6)

    def test_real_export_goes_in(self):
        path = Path(__file__).parents[3] / "shared/data/epp/subiekt_gt.epp"
        if not path.exists():
            self.skipTest("the sample export is not on this machine")
        job = self._import(path.read_bytes())
        self.assertFine(job)
        self.assertEqual((job.create_count, job.update_count), (1100, 400))
        pricelists = self._pricelists()
        self.assertEqual(
            {p.name: len(p.item_ids) for p in pricelists},
            {"Detaliczna": 200, "Hurtowa": 200, "Specjalna": 200},
        )
        self.assertEqual(self._partner("K00002").gestor_nip, "1996030822")
        product = self._product("T00004").with_company(self.company)
        self.assertIn('Linia 1\nLinia 2, z przecinkiem i "cud', product.gestor_epp_text)
        self.assertEqual(
            (product.list_price, product.standard_price), (2794.04, 2069.66)
        )
