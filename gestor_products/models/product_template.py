from odoo import api, fields, models
from odoo.fields import Domain

# so many variants are looked at when a text may be a part of a code
MANY_VARIANTS = 50


class ProductTemplate(models.Model):
    """Goods and services of the assortment."""

    _name = "product.template"
    _inherit = ["product.template", "gestor.document.mixin", "gestor.search.mixin"]

    _gestor_search_sequence = 60
    _gestor_search_icon = "fa-cube"

    gestor_manufacturer_code = fields.Char(
        string="Manufacturer code",
        index="trigram",
        help="The number under which the manufacturer sells it.",
    )
    gestor_pkwiu = fields.Char(
        string="PKWiU",
        help="Symbol in the Polish Classification of Goods and Services, for example "
        "26.20.11.0.",
    )

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator not in ("like", "ilike") or not value:
            return domain
        by_code = Domain("gestor_manufacturer_code", operator, value)
        return Domain.OR([domain, by_code])

    @api.model
    def _gestor_document_label(self):
        return self.env._("Goods or service")

    @api.model
    def _gestor_search_label(self):
        return self.env._("Goods and services")

    @api.model
    def _get_gestor_exact_domain(self, text):
        codes = Domain("default_code", "=", text) | Domain("barcode", "=", text)
        variants = self.env["product.product"].search(
            codes, limit=MANY_VARIANTS, order="id"
        )
        return Domain("id", "in", variants.product_tmpl_id.ids)

    @api.model
    def _get_gestor_hit_domain(self, text):
        # two steps: a subquery beside the other conditions would read the whole table
        variants = self.env["product.product"].search(
            Domain("default_code", "ilike", text), limit=MANY_VARIANTS, order="id desc"
        )
        return (
            Domain("id", "in", variants.product_tmpl_id.ids)
            | Domain("name", "ilike", text)
            | Domain("gestor_manufacturer_code", "ilike", text)
        )

    def _get_gestor_subtitle_parts(self):
        return [self.gestor_manufacturer_code, self.categ_id.display_name]
