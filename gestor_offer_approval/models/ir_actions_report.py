from odoo import models


class IrActionsReport(models.Model):
    """Nothing is printed of an offer that waits for approval, in whatever pattern."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        self._gestor_check_approved(self._get_report(report_ref), res_ids)
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)

    def _get_rendering_context(self, report, docids, data):
        self._gestor_check_approved(report, docids)
        return super()._get_rendering_context(report, docids, data)

    def _gestor_check_approved(self, report, res_ids):
        """Refuse to print offers and variants before they are approved.

        :raise UserError: naming the offers
        """
        # sudo: only which documents they are of
        model = report.sudo().model
        if model in ("gestor.offer", "sale.order") and res_ids:
            self.env[model].browse(res_ids).exists()._check_approved()
