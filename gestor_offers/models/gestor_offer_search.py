from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class GestorOfferSearchMixin(models.AbstractModel):
    _name = "gestor.offer.search.mixin"
    _inherit = [
        "gestor.search.mixin",
        "gestor.relation.mixin",
        "gestor.history.mixin",
        "gestor.goods.document.mixin",
    ]
    _description = "How An Offer Is Found, And What Belongs To It"

    _gestor_search_sequence = 30
    _gestor_search_icon = "fa-file-text-o"
    _gestor_goods_path = "order_ids.order_line.product_id"

    @api.model
    def _gestor_search_label(self):
        return self.env._("Offers")

    @api.model
    def _get_gestor_hit_domain(self, text):
        clients = self.env["res.partner"]._get_gestor_documents_domain(text)
        return clients | Domain("name", "ilike", text)

    def _get_gestor_subtitle_parts(self):
        return [
            self.partner_id.display_name,
            self._get_gestor_selection_label("state"),
            format_date(self.env, self.date_from),
        ]

    def _gestor_related(self):
        process = self.env._("offer process")
        return (
            super()._gestor_related()
            + self._gestor_related_by(
                "sale.order", "gestor_offer_id", self.env._("variant")
            )
            + [
                (offer.id, "crm.lead", offer.process_id.id, process)
                for offer in self
                if offer.process_id
            ]
        )

    @api.model
    def _get_gestor_history_label(self):
        return self._gestor_document_label()
