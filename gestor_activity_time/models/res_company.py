from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    gestor_time_idle_minutes = fields.Integer(
        string="Away after (minutes)",
        default=15,
        help="0: nobody is asked.",
    )
    gestor_time_forgotten_minutes = fields.Integer(
        string="Forgotten after (minutes)",
        default=60,
        help="After the end of the working day.",
    )
    gestor_time_rounding_minutes = fields.Integer(
        string="Rounding in reports (minutes)",
        help="0: no rounding.",
    )

    _gestor_time_minutes_positive = models.Constraint(
        """CHECK (
            gestor_time_idle_minutes >= 0
            AND gestor_time_forgotten_minutes >= 0
            AND gestor_time_rounding_minutes BETWEEN 0 AND 60
        )""",
        "The minutes cannot be negative, and times are rounded to an hour at most.",
    )
