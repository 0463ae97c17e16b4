from odoo import models


class UomUom(models.Model):
    _inherit = "uom.uom"

    def _adjust_uom_quantities(self, qty, quant_uom):
        """Keep the unit of the document where the unit of the stock cannot hold it.

        One piece of a pack of three would be asked for as 0.33 packs, and 0.99 pieces
        be delivered; the move is for one piece instead.
        """
        adjusted, unit = super()._adjust_uom_quantities(qty, quant_uom)
        back = unit._compute_quantity(adjusted, self, round=False)
        if unit != self and self.compare(back, qty):
            return self.round(qty), self
        return adjusted, unit
