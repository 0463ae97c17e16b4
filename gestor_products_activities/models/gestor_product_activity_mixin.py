from odoo import models
from odoo.fields import Domain

from odoo.addons.gestor_activities.const import OPEN


class GestorProductActivityMixin(models.AbstractModel):
    _inherit = "gestor.product.activity.mixin"

    def _get_planned_goods_pairs(self):
        activities = self._search_goods_activities(Domain("state", "!=", "cancelled"))
        return super()._get_planned_goods_pairs() | {
            (activity.goods_origin_id, activity.goods_template_id)
            for activity in activities
        }

    def _gestor_cancel_goods_activities(self):
        """Give up what nobody has finished yet; the record of it stays."""
        result = super()._gestor_cancel_goods_activities()
        # sudo: who cancels a document may not see the work that follows from it
        documents = self.sudo()
        documents._search_goods_activities(Domain("state", "in", OPEN)).action_cancel()
        return result

    def _search_goods_activities(self, states):
        return self.env["gestor.activity"].search(
            Domain("goods_origin_model", "=", self._name)
            & Domain("goods_origin_id", "in", self.ids)
            & states
        )
