from odoo import api, fields, models
from odoo.fields import Domain


class ProductTemplate(models.Model):
    """Goods and services of the assortment."""

    _name = "product.template"
    _inherit = ["product.template", "gestor.document.mixin"]

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
