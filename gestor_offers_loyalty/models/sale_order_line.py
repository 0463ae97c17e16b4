from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def unlink(self):
        """Keep the rewards of variants that are closed, see ``sale.order``."""
        kept = self.filtered(
            lambda line: line.reward_id and line.order_id._gestor_is_kept()
        )
        removed = self - kept
        return super(SaleOrderLine, removed).unlink() if removed or not self else True
