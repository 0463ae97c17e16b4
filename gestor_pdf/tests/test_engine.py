import doctest
import logging
import threading
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..engine import css, document, merge, page, render, urls
from .common import GestorPdfCommon

PDF_ENGINE = "odoo.addons.gestor_pdf.engine.render"


class Nothing(render.Resources):
    """A document without anything around it."""

    def stylesheet(self, href):
        raise urls.ResourceRefused("no stylesheet")

    def fetch(self, url):
        raise urls.ResourceRefused("nothing there")


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_examples_in_docstrings_hold(self):
        for module in (css, document, page, render, urls):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertFalse(result.failed)
                self.assertTrue(result.attempted)

    def test_one_document_is_not_touched_by_merge(self):
        self.assertEqual(merge.merge([(None, b"%PDF")]), b"%PDF")

    def test_merged_documents_of_a_record_share_an_outline(self):
        renderer = render.Renderer(page.Page(), Nothing())
        files = list(renderer.render(["<p>a</p>", "<p>b</p>", "<p>c</p>"]))
        identities = [("a.b", "1"), ("a.b", "1"), ("a.b", "2")]
        merged = merge.merge(zip(identities, files, strict=True))
        root = GestorPdfCommon._read(self, merged).trailer["/Root"]
        self.assertEqual(root["/Outlines"]["/Count"], 2)
        starts = [target[0] for target in root["/Dests"].values()]
        self.assertEqual(starts, [0, 2])

    def test_threads_print_at_the_same_time(self):
        files, errors = [], []

        def work(number):
            try:
                renderer = render.Renderer(page.Page(), Nothing())
                files.extend(renderer.render([f"<p>{number} żółw</p>"] * 3))
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=[n]) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertFalse(errors)
        self.assertEqual(len(files), 12)

    def test_broken_picture_and_unknown_css_are_no_errors(self):
        html = """<style>p { colour: red; background: url(x.png) }</style>
            <img src="data:image/png;base64,AAAA"/><p>text</p>"""
        renderer = render.Renderer(page.Page(), Nothing())
        with self.assertLogs(PDF_ENGINE, logging.INFO) as log:
            files = list(renderer.render([html]))
        self.assertTrue(files[0].startswith(b"%PDF"))
        self.assertEqual({record.levelno for record in log.records}, {logging.INFO})


@tagged("post_install", "-at_install")
class TestChoice(GestorPdfCommon):
    def _choose(self, engine, patched):
        self.env["ir.config_parameter"].set_param("gestor_pdf.engine", engine)
        path = "odoo.addons.gestor_pdf.models.ir_actions_report._wkhtml"
        with patch(path) as wkhtml:
            wkhtml.return_value.is_patched_qt = patched
            return self.env["ir.actions.report"]._gestor_pdf_uses_weasyprint()

    def test_parameter_and_build_of_wkhtmltopdf_choose(self):
        for engine, patched, expected in (
            ("auto", True, False),
            ("auto", False, True),
            (False, False, True),
            ("nonsense", True, False),
            ("weasyprint", True, True),
            ("wkhtmltopdf", False, False),
        ):
            with self.subTest(engine=engine, patched=patched):
                self.assertIs(self._choose(engine, patched), expected)

    def test_client_may_print(self):
        self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")

    def test_wkhtmltopdf_prints_where_it_is_forced(self):
        self.env["ir.config_parameter"].set_param("gestor_pdf.engine", "wkhtmltopdf")
        path = "odoo.addons.base.models.ir_actions_report.IrActionsReport"
        with patch(f"{path}._run_wkhtmltopdf", return_value=b"host") as host:
            result = self.env["ir.actions.report"]._run_wkhtmltopdf(
                ["<p/>"], landscape=True
            )
        self.assertEqual(result, b"host")
        self.assertTrue(host.call_args.kwargs["landscape"])

    def test_missing_library_is_named_to_the_user(self):
        self._set_body("text")
        error = render.EngineMissing("cannot load library 'libpango-1.0-0'")
        with (
            patch.object(render, "_weasyprint", side_effect=error),
            self.assertRaisesRegex(UserError, "libpango"),
        ):
            self._print(self.partners)
