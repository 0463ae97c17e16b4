from odoo import fields, models


class GestorGuardianArea(models.Model):
    """What a guardian looks after at a client: sales, service, settlements."""

    _name = "gestor.guardian.area"
    _description = "Area of Guardians"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        help="By which the program finds the guardian of a kind of work.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "There is such an area already."
    )
