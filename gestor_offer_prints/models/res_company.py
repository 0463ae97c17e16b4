from odoo import fields, models

PRINT_LAYOUTS = [
    ("classic", "Classic"),
    ("compact", "Compact"),
    ("pages", "Each variant on a page of its own"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    gestor_offer_print_layout = fields.Selection(
        PRINT_LAYOUTS,
        string="Layout of the print",
        default="classic",
        required=True,
        help="How new offers are printed. Compact: small letters and no details of"
        " lines, for long lists of goods.",
    )
    has_gestor_offer_pictures = fields.Boolean(
        string="Pictures of goods",
        help="Whether prints of new offers show the pictures of the goods.",
    )
