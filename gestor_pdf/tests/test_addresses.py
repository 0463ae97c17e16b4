import base64
import io
import logging
import socket
import time
import warnings
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..engine.urls import BASE_URL, ResourceRefused, resolve
from .common import GestorPdfCommon

REFUSED = (
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:8069/web/image/1",
    "http://localhost:5432/",
    "https://evil.example/logo.png",
    "//evil.example/logo.png",
    "http://document.invalid@evil.example/logo.png",
    "http://document.invalid.evil.example/logo.png",
    "ftp://evil.example/logo.png",
    "gopher://evil.example/logo.png",
    "/web/static/../../../../etc/passwd",
    "/web/static/%2e%2e/%2e%2e/etc/passwd",
    "/web/static/..%2fmodels/ir_http.py",
    "/web/static/..%5cmodels",
    "/web/static//etc/passwd",
    "/base/models/res_users.py",
    "/web/session/logout",
    "/web/database/manager",
    "/report/pdf/base.report_irmodeloverview/1",
    "http://[broken",
)


@tagged("post_install", "-at_install")
class TestClosedList(BaseCase):
    def test_anything_else_is_refused(self):
        for url in REFUSED:
            absolute = BASE_URL.rstrip("/") + url
            if url.startswith("//"):
                absolute = f"http:{url}"
            elif not url.startswith("/"):
                absolute = url
            with self.subTest(url=url), self.assertRaises(ResourceRefused):
                resolve(absolute, ["https://erp.example"])

    def test_own_addresses_are_known(self):
        for path, kind in (
            ("/web/image/7", "image"),
            ("/web/image/7-abc/logo.png", "image"),
            ("/web/image/7/64x64", "image"),
            ("/web/image?model=res.partner&id=3&field=image_128", "image"),
            ("/web/image/web.image_placeholder", "image"),
            ("/web/content/7", "image"),
            ("/web/assets/abc/web.report_assets_common.min.css", "assets"),
            ("/report/barcode/?barcode_type=QR&value=x", "barcode"),
            ("/report/barcode/Code128/A/../B", "barcode"),
            ("/logo.png", "logo"),
            ("/web/binary/company_logo?company=1", "logo"),
            ("/web/static/img/logo.png", "static"),
        ):
            with self.subTest(path=path):
                self.assertEqual(resolve(f"{BASE_URL}{path[1:]}").kind, kind)
                own = f"https://ERP.example{path}"
                self.assertEqual(resolve(own, ["https://erp.example"]).kind, kind)


@tagged("post_install", "-at_install")
class TestUserText(GestorPdfCommon):
    """What a user writes must reach neither files nor the network."""

    def test_no_address_of_a_user_leaves_the_process(self):
        pictures = "".join(f'<img src="{url}" alt="broken"/>' for url in REFUSED)
        styles = "".join(
            f"<style>@import url({url}); p {{ background: url({url}) }}</style>"
            for url in REFUSED
        )
        svg = """<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'
            width='9' height='9'%3E%3Cimage href='file:///etc/passwd' width='9'
            height='9'/%3E%3C/svg%3E"/>"""
        others = """<link rel="attachment" href="file:///etc/passwd"/>
            <a rel="attachment" href="file:///etc/passwd">a</a>
            <a rel="Attachment" href="data:text/plain,x">a</a>
            <object data="file:///etc/passwd"/><embed src="file:///etc/passwd"/>
            <iframe src="file:///etc/passwd"/>"""
        opened = []
        with (
            patch.object(socket, "create_connection", side_effect=opened.append),
            patch.object(socket, "getaddrinfo", side_effect=opened.append),
        ):
            content = self._run(pictures + styles + svg + others)
        self.assertFalse(opened)
        self.assertIn("after", self._texts(content)[0])
        self.assertNotIn(b"/EmbeddedFile", content)
        self.assertNotIn("root:", self._texts(content)[0])

    def _run(self, html):
        bodies = [f"<body><div class='article'>{html} after</div></body>"]
        return self.env["ir.actions.report"]._run_wkhtmltopdf(bodies)

    def test_broken_picture_is_reported_as_news(self):
        with self.assertLogs("odoo.addons.gestor_pdf", logging.INFO) as log:
            content = self._run('<img src="/web/image/999999999999999"/>')
        self.assertIn("after", self._texts(content)[0])
        self.assertIn("/web/image/999999999999999", log.output[0])
        self.assertEqual({record.levelno for record in log.records}, {logging.INFO})
        self.assertTrue(self.partners.exists(), "the transaction is alive")

    def test_senseless_barcode_does_not_hold_the_server(self):
        start = time.monotonic()
        for kind, signs in (("Code128", 20000), ("EAN13", 300), ("QR", 9000)):
            with self.subTest(kind=kind):
                picture = f'<img src="/report/barcode/{kind}/{"7" * signs}"/>'
                self.assertEqual(self._pictures(self._run(picture)), [0])
        self.assertLess(time.monotonic() - start, 5)

    def test_giant_picture_is_left_out(self):
        for width, height in ((9000, 9000), (30000, 30000)):
            output = io.BytesIO()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                Image.new("1", (width, height)).save(output, "PNG")
            picture = base64.b64encode(output.getvalue()).decode()
            content = self._run(f'<img src="data:image/png;base64,{picture}"/>')
            self.assertEqual(self._pictures(content), [0])
            self.assertIn("after", self._texts(content)[0])

    def test_endless_nesting_is_told(self):
        with self.assertRaisesRegex(UserError, "nested"):
            self._run("<div>" * 2000)

    def test_senseless_table_does_not_hold_the_server(self):
        start = time.monotonic()
        self._run('<table><tr><td colspan="90000000">x</td></tr></table>')
        self.assertLess(time.monotonic() - start, 5)

    def test_picture_as_stylesheet_is_harmless(self):
        content = self._run('<link rel="stylesheet" href="/web/static/img/logo.png"/>')
        self.assertIn("after", self._texts(content)[0])

    def test_data_address_is_printed(self):
        picture = (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
            "AAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
        )
        self.assertEqual(self._pictures(self._run(f'<img src="{picture}"/>')), [1])

    def test_server_pictures_are_read_in_process(self):
        for url in (
            "/web/static/img/logo.png",
            "/report/barcode/QR/ABC?width=90&amp;height=90",
            "/report/barcode/?barcode_type=Code128&amp;value=A1&amp;width=90&amp;height=30",
            "/logo.png",
            f"/web/binary/company_logo?company={self.company.id}",
        ):
            with self.subTest(url=url):
                content = self._run(f'<img src="{url}"/>')
                self.assertEqual(self._pictures(content), [1])
