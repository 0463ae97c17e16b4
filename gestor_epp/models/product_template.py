from odoo import api, models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = [
        "product.template",
        "gestor.epp.data.mixin",
        "gestor.import.template.mixin",
    ]

    @api.model
    def get_import_templates(self):
        template = self._get_gestor_import_template(self.env._("Template for goods"))
        return [template, *super().get_import_templates()]

    @api.model
    def _get_gestor_import_example(self):
        return {
            "name": self.env._("Example of goods"),
            "default_code": "TOWAR-1",
            "barcode": "5901234123457",
            "list_price": 129.5,
        }
