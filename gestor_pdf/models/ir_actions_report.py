import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..engine import document, merge, render
from ..engine.page import Page
from ..resources import DatabaseResources

_logger = logging.getLogger(__name__)

ENGINE_PARAMETER = "gestor_pdf.engine"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def get_wkhtmltopdf_state(self):
        """Tell the web client that PDF can be printed.

        A missing library is told when printing: the client would blame wkhtmltopdf.
        """
        if self._gestor_pdf_uses_weasyprint():
            return "ok"
        return super().get_wkhtmltopdf_state()

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Make the PDF with WeasyPrint where it is the engine.

        Everything before and after, attachments, splitting and merging, stays the
        host's own.
        """
        if not self._gestor_pdf_uses_weasyprint():
            return super()._run_wkhtmltopdf(
                bodies,
                report_ref=report_ref,
                header=header,
                footer=footer,
                landscape=landscape,
                specific_paperformat_args=specific_paperformat_args,
                set_viewport_size=set_viewport_size,
            )
        report = self._get_report(report_ref) if report_ref else self
        page = Page.from_paper(
            self._gestor_pdf_prepare_paper(report.get_paperformat()),
            specific_paperformat_args,
            landscape,
        )
        bodies = [str(body) for body in bodies]
        try:
            renderer = render.Renderer(page, DatabaseResources(self.env))
            files = renderer.render(bodies, str(header or ""), str(footer or ""))
            return merge.merge(zip(map(document.identity, bodies), files, strict=True))
        except render.EngineMissing as error:
            raise UserError(
                self.env._(
                    "The PDF cannot be made, because WeasyPrint or the Pango library "
                    "is missing on the server: %(reason)s",
                    reason=error,
                )
            ) from error
        except RecursionError as error:
            raise UserError(
                self.env._(
                    "The document cannot be printed: its parts are nested too deeply. "
                    "Simplify the texts that were pasted into it."
                )
            ) from error
        except render.EngineBusy as error:
            raise UserError(
                self.env._("The server is busy with other prints. Try again later.")
            ) from error

    @api.model
    def _gestor_pdf_uses_weasyprint(self):
        """Tell which engine prints.

        The system parameter ``gestor_pdf.engine`` forces ``weasyprint`` or
        ``wkhtmltopdf``. Otherwise wkhtmltopdf prints where it is the build with
        patched Qt, the only one that can repeat headers and footers.

        :rtype: bool
        """
        # reading a system parameter needs rights that the user may lack
        engine = self.env["ir.config_parameter"].sudo().get_param(ENGINE_PARAMETER)
        if engine in ("weasyprint", "wkhtmltopdf"):
            return engine == "weasyprint"
        return not _wkhtml().is_patched_qt

    @api.model
    def _gestor_pdf_prepare_paper(self, paper):
        """Return the values of a paper format that :meth:`Page.from_paper` wants.

        :param paper: ``report.paperformat``, may be empty
        :rtype: dict
        """
        if not paper:
            return {}
        names = [
            "margin_top",
            "margin_right",
            "margin_bottom",
            "margin_left",
            "header_spacing",
            "header_line",
            "disable_shrinking",
            "dpi",
        ]
        return {
            "page_width": paper.print_page_width,
            "page_height": paper.print_page_height,
            **{name: paper[name] for name in names},
        }
