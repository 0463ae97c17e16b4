from odoo import api, fields, models

from .res_company import PRINT_LAYOUTS


class GestorOffer(models.Model):
    _inherit = "gestor.offer"

    print_layout = fields.Selection(
        PRINT_LAYOUTS,
        string="Layout of the print",
        compute="_compute_print_layout",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    has_print_pictures = fields.Boolean(
        string="Pictures of goods",
        compute="_compute_has_print_pictures",
        store=True,
        readonly=False,
        precompute=True,
        help="The print shows the pictures of the goods; a compact one has none.",
    )
    has_print_comparison = fields.Boolean(
        string="Comparison of variants",
        default=True,
        help="The print of an offer with several variants begins with their table.",
    )

    @api.depends("company_id")
    def _compute_print_layout(self):
        for offer in self:
            # sudo: how a company prints is no secret to those who write its offers
            company = offer.company_id.sudo()
            offer.print_layout = (
                offer.print_layout or company.gestor_offer_print_layout or "classic"
            )

    @api.depends("company_id")
    def _compute_has_print_pictures(self):
        for offer in self:
            # sudo: see _compute_print_layout
            company = offer.company_id.sudo()
            offer.has_print_pictures = company.has_gestor_offer_pictures

    def _shows_print_pictures(self):
        """Tell whether the print has pictures of goods."""
        self.ensure_one()
        return self.has_print_pictures and self.print_layout != "compact"

    @api.model
    def _get_content_fields(self):
        return super()._get_content_fields() | {
            "has_print_comparison",
            "has_print_pictures",
            "print_layout",
        }

    @api.model
    def _gestor_template_fields(self):
        return [
            *super()._gestor_template_fields(),
            *("print_layout", "has_print_pictures", "has_print_comparison"),
        ]
