import base64
import io
import zipfile

import openpyxl
import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib.tables import DelimitedReader, WorkbookReader
from ..models import epp_source
from .common import GestorEppCommon

HEADINGS = ("Data", "Rodzaj", "NIP", "Klient", "Temat", "Treść", "Pracownik")
GOOD = ["31.01.2026 14:30", "Telefon", "", "Łoś s.c.", "Oferta", "Prosi o żarówki", ""]


def table(rows, encoding="utf-8", sign=";", headings=HEADINGS):
    lines = [sign.join(map(str, row)) for row in (headings, *rows)]
    return "\r\n".join([*lines, ""]).encode(encoding)


def workbook(rows, headings=HEADINGS):
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet = book.add_worksheet()
    for number, row in enumerate((headings, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return output.getvalue()


def numbered(amount, year=2026):
    return [
        [f"{year}-01-{n % 28 + 1:02d}", *GOOD[1:4], f"T{n}", "", ""]
        for n in range(amount)
    ]


@tagged("post_install", "-at_install")
class TestTables(GestorEppCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create(
            {
                "name": "Łoś s.c.",
                "is_company": True,
                "vat": "PL5252248481",
                "ref": "K1",
                "company_id": cls.company.id,
            }
        )
        cls.importer.tz = "Europe/Warsaw"

    def _activities(self):
        return self.env["gestor.history.activity"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def _wrong(self, job):
        data = base64.b64decode(job.wrong_file)
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        return list(sheet.iter_rows(values_only=True)), sheet

    def test_activities_come_in_any_code_page_and_with_any_delimiter(self):
        for number, (encoding, sign) in enumerate(
            (("utf-8", ";"), ("utf-8-sig", ","), ("cp1250", "\t"), ("cp852", "|"))
        ):
            row = [*GOOD]
            row[4] = f"Zażółć gęślą jaźń {number}"
            data = table([row], encoding, sign)
            self.assertFine(self._import(data, file_name=f"a{number}.csv"))
        found = self._activities()
        names = [f"Zażółć gęślą jaźń {number}" for number in range(4)]
        self.assertEqual(found.mapped("name"), names)
        self.assertEqual(found.partner_id, self.client)
        self.assertEqual(str(found[0].date), "2026-01-31 13:30:00")

    def test_workbook_is_read_like_a_table(self):
        self.assertFine(self._import(workbook([GOOD]), file_name="a.xlsx"))
        self.assertEqual(self._activities().text, "Prosi o żarówki")

    def test_client_is_found_by_nip_and_user_by_name(self):
        row = [*GOOD]
        row[2:4] = ["525-22-48-481", "Somebody else"]
        row[6] = self.importer.name
        self._import(table([row]), file_name="a.csv")
        self.assertEqual(self._activities().partner_id, self.client)
        self.assertEqual(self._activities().user_id, self.importer)

    def test_wrong_rows_are_named_and_a_corrected_file_ends_it(self):
        lost, undated = [*GOOD], [*GOOD]
        lost[3], lost[5] = "Nobody", "=1+1"
        undated[0] = "yesterday"
        job = self._import(table([lost, GOOD, undated]), file_name="a.csv")
        self.assertEqual(job.state, "done")
        errors = self._lines(job, action="error").sorted("line")
        self.assertEqual(errors.mapped("line"), [2, 4])
        self.assertEqual(len(self._activities()), 1)
        rows, sheet = self._wrong(job)
        self.assertEqual(rows[0][:7], HEADINGS)
        self.assertEqual(rows[1][3], "Nobody")
        self.assertIn("no client Nobody", rows[1][8])
        # the library writes a formula as one, unless it is told that it is a text
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(job.wrong_file))) as book:
            self.assertNotIn(b"<f>", book.read("xl/worksheets/sheet1.xml"))
        corrected = [[cell or "" for cell in row[:7]] for row in rows[1:]]
        corrected[0][3], corrected[1][0] = "Łoś s.c.", "2026-02-01"
        corrected[0][5] = "words"
        self.assertFine(self._import(workbook(corrected), file_name="b.xlsx"))
        self.assertEqual(len(self._activities()), 3)

    def test_repeat_adds_nothing_and_undo_takes_all(self):
        data = table([GOOD, GOOD])
        job = self._import(data, file_name="a.csv")
        self.assertEqual(job.line_ids.mapped("action"), ["create", "skip"])
        again = self._import(data, file_name="a.csv")
        self.assertEqual(again.line_ids.mapped("action"), ["unchanged", "skip"])
        job.action_undo()
        self._finish(job)
        self.assertFalse(self._activities())

    def test_unknown_headings_are_asked_for_and_remembered(self):
        headings = ["Kiedy", "x", "y", "Kto to", "z", "Co było", "w"]
        data = table([GOOD], headings=headings)
        job = self._create_job(data, file_name="a.csv")
        with self.assertRaisesRegex(UserError, "page Columns"):
            job.action_check()
        job.action_read_columns()
        for place, target in ((0, "date"), (3, "client"), (5, "text")):
            job.column_ids[place].target = target
        job.action_check()
        job.action_import()
        self._finish(job)
        self.assertFine(job)
        again = self._create_job(data, file_name="b.csv")
        again.action_check()
        self.assertEqual(again.line_ids.action, "unchanged")
        with self.assertRaisesRegex(UserError, "Go back to draft"):
            again.column_ids[0].target = "text"

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_hostile_files_are_refused_with_a_reason(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(3):
                archive.writestr(f"xl/{number}.xml", b"0" * (100 << 20))
        entities = io.BytesIO()
        with zipfile.ZipFile(entities, "w") as archive:
            archive.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")
        for reason, data, name in (
            ("empty", b" ", "a.csv"),
            ("unpacks", bomb.getvalue(), "a.xlsx"),
            ("not a readable XLSX", entities.getvalue(), "b.xlsx"),
            ("not a readable XLSX", b"PK\3\4 broken", "c.xlsx"),
            ("UTF-16", "Data;Klient".encode("utf-16"), "d.csv"),
            ("binary", b"Data;\0", "e.csv"),
        ):
            job = self._create_job(data, file_name=name)
            with self.assertRaisesRegex(UserError, reason):
                job.action_check()

    def test_file_over_the_limit_is_refused_before_it_is_decoded(self):
        data = "A" * (epp_source.MAX_BYTES // 3 * 4 + 8)
        jobs = self.env["gestor.epp.import"].with_user(self.importer)
        with self.assertRaisesRegex(UserError, "at most 128 MB"):
            jobs.create({"file": data, "file_name": "a.epp"})

    def test_broken_row_spoils_itself_alone(self):
        data = table([GOOD]) + b'2026-01-01;"open;;Klient;a;b;c\r\n'
        data += ";".join(["2026-03-01", *GOOD[1:]]).encode() + b"\r\n"
        job = self._import(data, file_name="a.csv")
        actions = job.line_ids.sorted("line").mapped("action")
        self.assertEqual(actions, ["create", "error", "create"])

    def test_readers_go_on_from_any_row(self):
        rows = numbered(7)
        for make, reader in ((table, DelimitedReader), (workbook, WorkbookReader)):
            data, position, pieces = make(rows), None, []
            while True:
                part = reader(io.BytesIO(data), position)
                item = next(iter(part), None)
                if item is None:
                    break
                pieces.append(item)
                position = part.position
            self.assertEqual(pieces, list(reader(io.BytesIO(data))))
            self.assertEqual(len(pieces), 7)

    def test_killed_worker_goes_on_and_nothing_comes_twice(self):
        job = self._create_job(table(numbered(230)), file_name="a.csv")
        job.action_check()
        job.action_import()
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            job.sudo()._run_chunk()
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertFalse(self._activities())
        job.sudo()._run_chunk()
        self.assertEqual(len(self._activities()), 100)
        self._finish(job)
        self.assertEqual(len(self._activities()), 230)

    def test_who_reads_activities_and_columns(self):
        job = self._import(table([GOOD]), file_name="a.csv")
        activity, column = self._activities(), job.column_ids[0]
        plain = self._create_user("act_user", "gestor_base.gestor_base_group_user")
        employee = self._create_user("act_employee", "base.group_user")
        other = self._create_company("Czwarta Sp. z o.o.")
        foreign = self._create_user(
            "act_other", "gestor_base.gestor_base_group_user", company=other
        )
        stranger = self._create_user("act_importer")
        self.assertEqual(activity.with_user(plain).name, "Oferta")
        for user in (employee, foreign):
            self.assertFalse(activity.with_user(user).has_access("read"), user.login)
        self.assertFalse(column.with_user(stranger).has_access("read"))
        self.assertFalse(column.with_user(plain).has_access("read"))
        with self.assertRaises(AccessError):
            activity.with_user(plain).write({"name": "Other"})
        with self.assertRaises(AccessError):
            job.with_user(stranger).action_download_wrong()
        with self.assertRaises(AccessError):
            job.with_user(stranger).read(["wrong_file"])

    def test_time_line_tells_activities(self):
        self._import(table([GOOD]), file_name="a.csv")
        history = self.env["gestor.history"].with_user(self.importer)
        entry = history.get_page(self.client.id)["entries"][0]
        self.assertEqual(entry["title"], "Oferta")
        self.assertIn("Telefon", entry["summary"])

    def test_queries_do_not_grow_with_activities(self):
        self._import(table([GOOD]), file_name="a.csv")
        counts = []
        for amount in (10, 90):
            rows = numbered(amount, 1950 + amount)
            job = self._create_job(table(rows), file_name="a.csv")
            job.action_check()
            job.action_import()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._finish(job)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 12, counts)

    def test_wrong_rows_of_an_epp_file_come_with_their_fields(self):
        job = self._import(self._document(goods=[["x", "T1", "", "", "Name"]]))
        rows, _sheet = self._wrong(job)
        self.assertEqual(rows[1][:2], ("x", "T1"))
