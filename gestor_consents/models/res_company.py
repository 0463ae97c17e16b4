from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    gestor_information_clause = fields.Html(
        "Information clause",
        translate=True,
        help="What clients are told about their data (art. 13 GDPR), on their page and "
        "on the print of consents.",
    )

    def _gestor_use_clause_example(self):
        """Fill in the ready clause in every language, where a company has none."""
        example = "gestor_consents.gestor_information_clause_example"
        for company in self.filtered(lambda c: not c.gestor_information_clause):
            for code, _name in self.env["res.lang"].get_installed():
                own = company.with_context(lang=code)
                own.gestor_information_clause = own.env["ir.qweb"]._render(
                    example, {"company": own}, minimal_qcontext=True
                )
