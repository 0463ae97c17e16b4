from odoo import models


class SaleReport(models.Model):
    _inherit = "sale.report"

    def _where_sale(self):
        # an offer is one quotation: only its proposed variant counts until one of
        # them becomes an order
        return f"""{super()._where_sale()}
            AND (
                s.gestor_offer_id IS NULL
                OR s.gestor_is_proposed
                OR s.state = 'sale'
            )"""
