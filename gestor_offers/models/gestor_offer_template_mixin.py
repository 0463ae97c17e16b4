from odoo import api, models

LINE_FIELDS = (
    *("product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount"),
    *("name", "display_type", "sequence"),
)


class GestorOfferTemplateMixin(models.AbstractModel):
    """What a template keeps of an offer: texts, payment, validity and variants."""

    _name = "gestor.offer.template.mixin"
    _description = "Templates Of Offers"

    @api.model
    def _gestor_template_fields(self):
        lines = [f"order_ids.order_line.{name}" for name in LINE_FIELDS]
        return [
            *("intro_html", "closing_html", "payment_form_ids", "date_to"),
            *("order_ids.gestor_variant_name", "order_ids.gestor_variant_description"),
            *("order_ids.pricelist_id", *lines),
        ]

    @api.model
    def _gestor_template_unseen_fields(self):
        """A new offer shows its variants only after it is saved."""
        return ["order_ids"]
