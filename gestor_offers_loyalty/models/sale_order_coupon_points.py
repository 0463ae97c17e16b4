from odoo import models


class SaleOrderCouponPoints(models.Model):
    _inherit = "sale.order.coupon.points"

    def unlink(self):
        """Keep the points of variants that are closed, see ``sale.order``."""
        kept = self.filtered(lambda entry: entry.order_id._gestor_is_kept())
        removed = self - kept
        if not removed and self:
            return True
        return super(SaleOrderCouponPoints, removed).unlink()
