from odoo import fields, models


class SaleOrder(models.Model):
    """Orders are no documents of Gestor that can be linked; they keep activities."""

    _name = "sale.order"
    _inherit = ["sale.order", "gestor.activity.source.mixin"]

    gestor_activity_ids = fields.Many2many(
        "gestor.activity",
        "gestor_activity_sale_order_rel",
        "order_id",
        "activity_id",
        string="Activities of the order",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    def _find_gestor_activities(self):
        # sudo: filtered by who asks
        orders = self.sudo()
        found = {order.id: set(order.gestor_activity_ids.ids) for order in orders}
        offers = orders.gestor_offer_id
        if offers:
            of_offers = offers._find_gestor_activities()
            for order in orders:
                found[order.id] |= of_offers.get(order.gestor_offer_id.id, set())
        return found

    def _gestor_join_activities(self, activities):
        # sudo: reading both is enough to say that they belong together
        self.sudo().gestor_activity_ids |= activities
