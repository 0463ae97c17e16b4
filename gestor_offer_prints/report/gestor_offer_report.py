from odoo import api, models


class ReportGestorOffer(models.AbstractModel):
    _inherit = "report.gestor_offers.gestor_offer_report"

    @api.model
    def _prepare_row_vals(self, line, kind, number):
        """Add ``picture``: the base64 picture of the goods, if the print has them."""
        vals = super()._prepare_row_vals(line, kind, number)
        offer = line.order_id.gestor_offer_id
        has_picture = number and kind in ("product", "combo", "component")
        vals["picture"] = (
            has_picture and offer._shows_print_pictures() and line.product_id.image_256
        )
        return vals
