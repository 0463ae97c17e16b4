from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    is_gestor_offer_viewed = fields.Boolean(
        string="Note when clients open offers", default=True
    )
    gestor_offer_view_days = fields.Integer(
        string="Visits are kept for (days)",
        default=365,
        help="Older visits of the pages of offers are deleted. 0: they are kept.",
    )

    _gestor_offer_view_days_positive = models.Constraint(
        "CHECK (gestor_offer_view_days >= 0)",
        "Visits cannot be kept for a negative number of days.",
    )
