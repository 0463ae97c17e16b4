from odoo import fields, models


class GestorMailPurpose(models.Model):
    """What letters are about: offers, invoices. Contacts say which ones they get."""

    _name = "gestor.mail.purpose"
    _description = "Purpose of E-mails"
    _order = "sequence, id"

    _code_uniq = models.UniqueIndex("(code)", "There is such a code already.")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="By this code the program asks who gets its letters."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
