from odoo import fields, models


class GestorActivityResult(models.Model):
    _inherit = "gestor.activity.result"

    call_again_hours = fields.Float(
        string="Call again after (hours)",
        help="The client stays in the call list and comes back after this time. "
        "0: the client is served.",
    )
    is_wrong_number = fields.Boolean(
        string="Wrong number",
        help="The phone number of the client is marked to be checked.",
    )
    is_refusal = fields.Boolean(
        string="Refuses phone calls",
        help="The client is left out of call lists from now on.",
    )

    _call_again_positive = models.Constraint(
        "CHECK (call_again_hours >= 0)",
        "A client cannot be called again in the past.",
    )
