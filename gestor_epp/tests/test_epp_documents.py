import io
from itertools import islice

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..lib.epp import DOCUMENTS, EppReader
from . import epp_sample
from .common import GestorEppCommon

CLIENT = ("K1", "Łoś Sp. z o.o.", "5252248481")


@tagged("post_install", "-at_install")
class TestEppDocuments(GestorEppCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = epp_sample.trade_document(
            "FS", "FS 1/2026", "20260131", client=CLIENT, gross=246, remarks="Pilne"
        )
        cls.lines = [
            epp_sample.document_line(1, "T1", 2, 50),
            epp_sample.document_line(2, "", 1, 100, name="Dojazd"),
        ]
        cls.payment = epp_sample.cash_document("KP", "KP 3", "20260203", 246, CLIENT)
        cls.sections = [
            ("KONTRAHENCI", [epp_sample.client("K1", CLIENT[1], nip=CLIENT[2])]),
            ("TOWARY", [epp_sample.good("T1", "Żarówka")]),
            (cls.invoice, cls.lines),
            (cls.payment, None),
            (epp_sample.trade_document("FZ", "FZ 7", "20260105"), []),
        ]
        cls.data = epp_sample.document(cls.sections)

    def _documents(self):
        return self.env["gestor.history.document"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def test_documents_become_history_and_nothing_else(self):
        moves = self.env["account.move"].search_count([])
        job = self._import(self.data)
        self.assertFine(job)
        invoice, payment, purchase = self._documents()
        self.assertEqual(invoice.partner_id, self._partner("K1"))
        self.assertEqual(
            invoice.mapped(lambda d: (d.kind, d.amount_gross, d.note, str(d.date)))[0],
            ("sale", 246.0, "Pilne", "2026-01-31"),
        )
        good = self._product("T1").product_variant_id
        self.assertEqual(
            invoice.line_ids.mapped(lambda ln: (ln.product_id, ln.name, ln.amount_net)),
            [(good, "Żarówka", 100.0), (good.browse(), "Dojazd", 100.0)],
        )
        self.assertEqual((payment.kind, payment.amount_gross), ("payment", 246.0))
        self.assertEqual(payment.partner_id, invoice.partner_id)
        self.assertFalse(purchase.partner_id)
        self.assertEqual(self.env["account.move"].search_count([]), moves)

    def test_repeat_changes_nothing_and_links_a_client_that_came_later(self):
        self._import(epp_sample.document(self.sections[2:]))
        self.assertFalse(self._documents().partner_id)
        job = self._import(self.data)
        self.assertEqual(len(self._documents()), 3)
        self.assertEqual(self._documents()[0].partner_id, self._partner("K1"))
        actions = self._lines(job, section=DOCUMENTS).mapped("action")
        self.assertEqual(actions, ["update", "update", "unchanged"])

    def test_undo_takes_documents_and_clients_back(self):
        job = self._import(self.data)
        job.action_undo()
        self._finish(job)
        self.assertFalse(self._documents())
        self.assertFalse(self._partner("K1"))
        self.assertFalse(job.kept_count, job.line_ids.mapped("undo_note"))

    def test_file_for_an_accountant_has_rates_for_lines(self):
        rates = [["23", 23.0, 200.0, 46.0, 246.0], ["zw", -1.0, 10.0, 0.0, 10.0]]
        data = epp_sample.document([(self.invoice, rates)], epp_sample.info(purpose=0))
        self.assertFine(self._import(data))
        lines = self._documents().line_ids
        self.assertEqual(lines.mapped("name"), ["VAT 23", "VAT zw"])
        self.assertEqual(lines.mapped("amount_gross"), [246.0, 10.0])

    def test_broken_lines_are_named_and_the_rest_comes(self):
        data = epp_sample.document([(self.invoice, [["x"], *self.lines])])
        job = self._import(data)
        self.assertEqual(len(self._documents().line_ids), 2)
        self.assertIn("Lines that cannot be read: 1", job.line_ids.reason)
        bad = [*self.invoice]
        bad[21] = "31.01.2026"
        job = self._import(epp_sample.document([(bad, [])]))
        self.assertEqual(job.line_ids.action, "error")
        self.assertIn("not a date", job.line_ids.reason)

    def test_reader_goes_on_between_any_two_documents(self):
        whole = [tuple(row) for row in EppReader(io.BytesIO(self.data))]
        position, pieces = None, []
        while True:
            reader = EppReader(io.BytesIO(self.data), position)
            found = [tuple(row) for row in islice(reader, 1)]
            if not found:
                break
            pieces += found
            position = reader.position
        self.assertEqual(pieces, whole)
        self.assertEqual(len(whole), 5)

    def test_time_line_tells_the_documents_of_the_client_alone(self):
        self._import(self.data)
        other = self.env["res.partner"].create({"name": "Inny"})
        history = self.env["gestor.history"].with_user(self.importer)
        page = history.get_page(self._partner("K1").id)
        titles = [
            entry["title"]
            for entry in page["entries"]
            if entry["key"].startswith("gestor.history.document")
        ]
        self.assertEqual(titles, ["KP 3", "FS 1/2026"])
        self.assertNotIn("FS 1/2026", str(history.get_page(other.id)))

    def test_plain_user_reads_and_nobody_rewrites_history(self):
        self._import(self.data)
        document = self._documents()[0]
        plain = self._create_user("hist_user", "gestor_base.gestor_base_group_user")
        employee = self._create_user("hist_employee", "base.group_user")
        other = self._create_company("Trzecia Sp. z o.o.")
        foreign = self._create_user(
            "hist_other", "gestor_base.gestor_base_group_user", company=other
        )
        manager = self._create_user("hist_m", "gestor_base.gestor_base_group_manager")
        self.assertEqual(document.with_user(plain).name, "FS 1/2026")
        self.assertEqual(len(document.line_ids.with_user(plain).mapped("name")), 2)
        for user in (employee, foreign):
            for record in (document, document.line_ids):
                self.assertFalse(record.with_user(user).has_access("read"), user.login)
        for user in (plain, manager):
            self.assertFalse(document.with_user(user).has_access("write"))
            with self.assertRaises(AccessError):
                document.with_user(user).write({"name": "Other"})

    def test_queries_do_not_grow_with_documents(self):
        self._import(epp_sample.document(self.sections[:2]))
        counts = []
        for amount in (10, 90):
            header = [
                epp_sample.trade_document(
                    "FS", f"FS {amount}-{n}", "20260131", client=CLIENT
                )
                for n in range(amount)
            ]
            data = epp_sample.document([(head, self.lines) for head in header])
            job = self._create_job(data)
            job.action_check()
            job.action_import()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._finish(job)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 12, counts)
