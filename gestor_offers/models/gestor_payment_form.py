from odoo import fields, models


class GestorPaymentForm(models.Model):
    _name = "gestor.payment.form"
    _description = "Payment Form"
    _order = "sequence, id"
    _check_company_auto = True
    # a branch may use the forms of its head office
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    payment_term_id = fields.Many2one(
        "account.payment.term",
        check_company=True,
        ondelete="restrict",
        help="Terms that the order gets when the client chooses this form.",
    )
    is_default = fields.Boolean(
        string="On new offers", help="Suggested on each new offer."
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for all companies."
    )
