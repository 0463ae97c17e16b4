from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _gestor_encloses_files(self):
        """Put the library files of an offer behind its print, too."""
        return super()._gestor_encloses_files() or (
            self.report_name == "gestor_offers.gestor_offer_report"
        )
