import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .library_common import PDF, LibraryCommon


@tagged("post_install", "-at_install")
class TestLibraryUpload(LibraryCommon, HttpCase):
    def _upload(self, *parts, user=None, **values):
        user = user or self.user
        self.authenticate(user.login, user.login)
        return self.url_open(
            "/gestor/library/upload",
            data={"csrf_token": Request.csrf_token(self), **values},
            files=[("ufile", part) for part in parts],
        )

    def test_each_file_goes_in_or_is_refused_for_itself(self):
        known = self._create_file(raw=PDF, name="Known one")
        category = self.env["gestor.library.category"].create({"name": "Terms"})
        response = self._upload(
            ("new.pdf", PDF + b"new"),
            ("again.pdf", PDF),
            ("empty.pdf", b""),
            ("setup.exe", b"MZ"),
            category_id=category.id,
        )
        result = json.loads(response.content)
        self.assertEqual(result["files"], ["new"])
        self.assertEqual(result["known"], [{"id": known.id, "name": "Known one"}])
        self.assertEqual(len(result["errors"]), 2)
        file = self.files.search([("name", "=", "new")])
        self.assertEqual(file.user_id, self.user)
        self.assertEqual(file.category_id, category)

    def test_file_over_the_limit_is_refused_by_the_server(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "1000")
        before = self.env["ir.attachment"].search_count([])
        result = json.loads(self._upload(("a.pdf", PDF * 100)).content)
        self.assertIn("1000 B", result["errors"][0])
        with mute_logger("odoo.http"):
            response = self._upload(("a.pdf", PDF * 200_000))
        self.assertEqual(response.status_code, 413)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_employee_may_not_upload(self):
        response = self._upload(("a.pdf", PDF), user=self.employee)
        result = json.loads(response.content)
        self.assertFalse(result["files"])
        self.assertEqual(len(result["errors"]), 1)

    def test_public_is_sent_to_the_login(self):
        self.authenticate(None, None)
        response = self.url_open(
            "/gestor/library/upload",
            files=[("ufile", ("a.pdf", PDF))],
            allow_redirects=False,
        )
        self.assertIn(response.status_code, (303, 400))
        self.assertFalse(self.files.search([("name", "=", "a")]))

    def test_bytes_are_served_safely_to_those_who_may_read_the_file(self):
        file = self._create_file(raw=b"<html><script>", file_name="page.html")
        url = f"/web/content/{file.attachment_id.id}"
        self.authenticate(self.other.login, self.other.login)
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("text/plain", response.headers["Content-Type"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
        for user in (self.employee.login, None):
            self.authenticate(user, user)
            self.assertEqual(self.url_open(url).status_code, 404)
