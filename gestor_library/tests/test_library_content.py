import base64
import doctest
import io

from PIL import Image
from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..lib import library_content
from .library_common import PDF, LibraryCommon


@tagged("post_install", "-at_install")
class TestLibraryContent(LibraryCommon):
    def test_engine_does_what_its_examples_say(self):
        self.assertFalse(doctest.testmod(library_content).failed)

    def test_user_puts_a_file_and_reads_it_back(self):
        with Form(self.files.with_user(self.user)) as form:
            form.datas = base64.b64encode(PDF)
            form.file_name = "Price list.pdf"
            self.assertEqual(form.name, "Price list")
        file = form.record
        self.assertRecordValues(
            file,
            [
                {
                    "name": "Price list",
                    "user_id": self.user.id,
                    "file_name": "Price list.pdf",
                    "mimetype": "application/pdf",
                    "kind": "pdf",
                    "file_size": len(PDF),
                    "version_number": 1,
                }
            ],
        )
        self.assertEqual(base64.b64decode(file.datas), PDF)
        self.assertEqual(file.attachment_id.res_model, "gestor.library.file")
        self.assertEqual(file.attachment_id.res_id, file.id)
        self.assertEqual(file.version_id.create_uid, self.user)

    def test_many_files_cost_no_more_queries_than_few(self):
        def create(count, mark):
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.files.with_user(self.user).create(
                [
                    {"raw": PDF + f"{mark} {n}".encode(), "file_name": f"{mark}{n}.pdf"}
                    for n in range(count)
                ]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        create(2, "warm")
        self.assertLessEqual(create(90, "many"), create(10, "few") + 1)

    def test_same_content_is_known_and_not_stored_twice(self):
        file = self._create_file(raw=PDF)
        with self.assertRaisesRegex(ValidationError, '"b.pdf".*as "Price list"'):
            self._create_file(self.other, raw=PDF, file_name="b.pdf")
        file.active = False
        with self.assertRaisesRegex(ValidationError, "archived"):
            self._create_file(self.other, raw=PDF, file_name="b.pdf")
        vals = {"raw": b"twins", "file_name": "a.txt"}
        with self.assertRaisesRegex(ValidationError, "already"):
            self.files.create([vals, {**vals, "file_name": "b.txt"}])

    def test_content_of_a_file_one_may_not_read_is_not_told(self):
        hidden = self._create_file(raw=PDF, visibility="groups")
        own = self._create_file(self.other, raw=PDF)
        self.assertNotEqual(own, hidden)
        # the bytes stand on the disk once
        self.assertEqual(
            own.attachment_id.store_fname, hidden.attachment_id.sudo().store_fname
        )

    def test_bad_content_is_refused_and_nothing_is_left(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "1000")
        before = self.env["ir.attachment"].search_count([])
        for raw, file_name, message in (
            (b"", "empty.pdf", "empty.pdf The file is empty"),
            (b"x" * 1001, "large.pdf", "limit is 1000 B"),
            (PDF, "", "has no name"),
            (PDF, " \n ", "has no name"),
            (PDF, "setup.exe", "Programs"),
            (b"MZ\x90", "holiday.jpg", "Programs"),
        ):
            with (
                self.subTest(file_name=file_name),
                self.assertRaisesRegex(ValidationError, message),
            ):
                self._create_file(raw=raw, file_name=file_name)
        with self.assertRaisesRegex(ValidationError, "broken"):
            self.files.create({"datas": "%%%", "file_name": "a.pdf"})
        with self.assertRaisesRegex(ValidationError, "no name"):
            self.files.create({"name": "Without content"})
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_file_of_200_megabytes_is_refused_and_nothing_is_left(self):
        before = self.env["ir.attachment"].search_count([])
        file = self._create_file(raw=PDF)
        large = bytes(200 * 1024**2)
        with self.assertRaisesRegex(ValidationError, r"large\.pdf .* 128 MB"):
            self._create_file(raw=large, file_name="large.pdf")
        for raw, message in ((b"", "0 bytes"), (large, "too large")):
            with self.assertRaisesRegex(ValidationError, message):
                file.with_user(self.user).write({"raw": raw})
        self.assertEqual(file.version_id.attachment_id.raw, PDF)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before + 1)

    def test_pages_and_drawings_with_scripts_become_plain_text(self):
        for user in (self.user, self.env.ref("base.user_admin")):
            for file_name, raw in (
                ("page.html", b"<html><script>alert(1)</script></html>"),
                ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ):
                raw += user.login.encode()
                file = self._create_file(user, raw=raw, file_name=file_name)
                self.assertEqual(file.mimetype, "text/plain")

    def test_new_version_replaces_and_the_old_one_stays(self):
        file = self._create_file(raw=PDF)
        first = file.version_id
        wizard = self.env["gestor.library.replace"].with_user(self.user)
        wizard = wizard.with_context(default_file_id=file.id)
        with Form(wizard) as form:
            form.datas = base64.b64encode(PDF + b"2")
            form.file_name = "Price list July.pdf"
            form.note = "prices from July"
        form.record.action_replace()
        self.assertRecordValues(
            file.version_ids,
            [
                {"number": 2, "note": "prices from July", "create_uid": self.user.id},
                {"number": 1, "note": False, "create_uid": self.user.id},
            ],
        )
        self.assertEqual(file.version_id.number, 2)
        self.assertEqual(base64.b64decode(file.datas), PDF + b"2")
        self.assertEqual(first.attachment_id.raw, PDF)
        with self.assertRaisesRegex(ValidationError, "already"):
            file.write({"raw": PDF, "file_name": "again.pdf"})
        with self.assertRaises(AccessError):
            file.with_user(self.other).write({"raw": b"x", "file_name": "x.pdf"})

    def test_version_cannot_be_changed_or_moved(self):
        file, other = self._create_file(), self._create_file()
        version = file.version_id
        with self.assertRaises(AccessError):
            version.with_user(self.manager).note = "changed"
        with self.assertRaises(AccessError):
            self.env["gestor.library.version"].with_user(self.user).create(
                {"file_id": file.id, "attachment_id": other.attachment_id.id}
            )
        file.write({"version_id": other.version_id.id})
        self.assertEqual(file.version_id, version)

    def test_attachment_of_a_version_is_locked(self):
        file = self._create_file(raw=PDF)
        admin = self.env.ref("base.user_admin")
        for user in (self.user, self.manager, admin):
            attachment = file.attachment_id.with_user(user)
            for vals in (
                {"raw": b"other"},
                {"datas": base64.b64encode(b"other")},
                {"public": True},
                {"res_model": "res.partner", "res_id": user.partner_id.id},
                {"mimetype": "text/html"},
            ):
                with (
                    self.subTest(user=user.login, vals=vals),
                    self.assertRaisesRegex(UserError, "never changes"),
                ):
                    attachment.write(vals)
            with self.assertRaisesRegex(UserError, "cannot be deleted"):
                attachment.unlink()
        self.assertEqual(file.attachment_id.raw, PDF)
        # moving the store to the database and back writes the same content
        file.attachment_id.with_user(admin)._migrate()

    def test_database_keeps_the_attachment_whoever_deletes(self):
        file = self._create_file()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "DELETE FROM ir_attachment WHERE id = %s", [file.attachment_id.id]
            )

    def test_unused_file_goes_with_its_attachments(self):
        file = self._create_file()
        file.write({"raw": b"second", "file_name": "b.txt"})
        attachments = file.version_ids.attachment_id
        self.assertEqual(len(attachments), 2)
        file.unlink()
        self.assertFalse(attachments.exists())

    def test_large_picture_is_kept_as_it_is(self):
        stream = io.BytesIO()
        Image.new("RGB", (2500, 10)).save(stream, "PNG")
        file = self._create_file(raw=stream.getvalue(), file_name="wide.png")
        self.assertEqual(file.attachment_id.raw, stream.getvalue())
        self.assertEqual(file.kind, "image")
