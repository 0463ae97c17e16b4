from odoo import fields, models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "gestor.document.mixin"]

    gestor_manufacturer_code = fields.Char(
        string="Manufacturer code", index="trigram", copy=False
    )
    gestor_pkwiu = fields.Char(string="PKWiU")
