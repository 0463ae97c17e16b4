import io
from collections import OrderedDict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import PdfReadError, merge_pdf

TEMPLATE = "gestor_texts.gestor_print_document"


class IrActionsReport(models.Model):
    """Print patterns go the way of all reports of the host."""

    _inherit = "ir.actions.report"

    gestor_pattern_id = fields.Many2one(
        "gestor.print.pattern",
        string="Print pattern",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    is_gestor_by_client = fields.Boolean(string="As the client wants it", readonly=True)

    def _get_rendering_context(self, report, docids, data):
        data = super()._get_rendering_context(report, docids, data)
        if report.gestor_pattern_id:
            pattern = report.gestor_pattern_id.with_env(self.env)
            documents = self.env[report.model].browse(docids)
            data["gestor_pages"] = pattern._prepare_pages(documents)
        return data

    def _render_template(self, template, values=None):
        if values and "gestor_pages" in values:
            template = TEMPLATE
        return super()._render_template(template, values)

    def _render_qweb_html(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        if not report.is_gestor_by_client:
            return super()._render_qweb_html(report_ref, docids, data=data)
        parts = [
            super(IrActionsReport, self)._render_qweb_html(part, ids, data=data)[0]
            for part, ids in self._gestor_split_by_client(report, docids).items()
        ]
        return b"".join(parts), "html"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report.is_gestor_by_client:
            return self._gestor_render_by_client(report, data, res_ids or [])
        streams = super()._render_qweb_pdf_prepare_streams(
            report_ref, data, res_ids=res_ids
        )
        if res_ids and report._gestor_encloses_files():
            documents = self.env[report.model].browse(res_ids)
            for res_id, files in documents._gestor_appended_pdfs().items():
                self._gestor_join(streams.get(res_id), files)
        return streams

    def _gestor_encloses_files(self):
        """Tell whether the PDFs of ``_gestor_appended_pdfs`` follow this print.

        A hook for prints that are no patterns; their documents are Gestor's.
        """
        self.ensure_one()
        return bool(self.gestor_pattern_id)

    def _gestor_render_by_client(self, report, data, res_ids):
        documents = self.env[report.model].browse(res_ids)
        chosen = self.env["gestor.print.pattern"]._choose(documents)
        streams = {}
        for part, ids in self._gestor_split_by_client(report, res_ids).items():
            streams.update(
                self._render_qweb_pdf_prepare_streams(part, dict(data or {}), ids)
            )
        for res_id, (_pattern, copies) in chosen.items():
            if copies > 1 and streams.get(res_id):
                once = streams[res_id]["stream"].getvalue()
                self._gestor_join(streams[res_id], [once] * (copies - 1))
        return OrderedDict((res_id, streams[res_id]) for res_id in res_ids)

    def _gestor_split_by_client(self, report, res_ids):
        """Return the reports that print the documents: ``{report: ids}``."""
        documents = self.env[report.model].browse(res_ids)
        parts = {}
        for res_id, (pattern, _copies) in (
            self.env["gestor.print.pattern"]._choose(documents).items()
        ):
            # sudo: reports are closed to ordinary users
            part = pattern.sudo().report_id or self._gestor_get_builtin(report.model)
            parts.setdefault(part, []).append(res_id)
        return parts

    def _gestor_get_builtin(self, model):
        """Return the report of a model that the program brings.

        :raise UserError: if there is none
        """
        # sudo: reports are closed to ordinary users
        builtin = self.sudo().search(
            [
                ("model", "=", model),
                ("report_type", "=", "qweb-pdf"),
                ("gestor_pattern_id", "=", False),
                ("is_gestor_by_client", "=", False),
                ("binding_model_id", "!=", False),
            ],
            order="id",
            limit=1,
        )
        if not builtin:
            raise UserError(
                self.env._(
                    "There is no print for these documents. Make one of the patterns "
                    "the usual print."
                )
            )
        return builtin

    def _gestor_join(self, part, files):
        """Put more PDFs behind a finished one."""
        if not part or not part["stream"]:
            return
        try:
            joined = merge_pdf([part["stream"].getvalue(), *files])
        except (PdfReadError, ValueError, KeyError) as error:
            raise UserError(
                self.env._("A PDF of the library is damaged and cannot be appended.")
            ) from error
        part["stream"] = io.BytesIO(joined)
