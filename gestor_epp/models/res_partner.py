from odoo import api, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "res.partner",
        "gestor.epp.data.mixin",
        "gestor.import.template.mixin",
    ]

    @api.model
    def get_import_templates(self):
        template = self._get_gestor_import_template(self.env._("Template for clients"))
        return [template, *super().get_import_templates()]

    @api.model
    def _get_gestor_import_example(self):
        return {
            "name": self.env._("Example Ltd"),
            "is_company": 1,
            "vat": "PL1234563218",
            "email": "office@example.com",
            "phone": "+48 22 123 45 67",
            "street": "ul. Prosta 1",
            "zip": "00-001",
            "city": "Warszawa",
            "country_id": self.env.ref("base.pl").display_name,
        }
