from odoo import fields, models


class GestorBookingRuleMixin(models.AbstractModel):
    """What may be booked, by whom and for how long."""

    _name = "gestor.booking.rule.mixin"
    _description = "Booking Rules"

    is_approval_required = fields.Boolean(
        string="Needs approval",
        help="The keeper or a manager of resources approves each booking.",
    )
    is_in_working_hours = fields.Boolean(
        string="Only in working hours",
        help="A booking has to lie in the working hours of the resource.",
    )
    min_hours = fields.Float(string="Shortest booking (hours)")
    max_hours = fields.Float(
        string="Longest booking (hours)", help="0: as long as a year."
    )
    buffer_minutes = fields.Integer(
        string="Break between bookings (minutes)",
        help="Time to bring the resource back, clean it or charge it.",
    )
    days_ahead = fields.Integer(
        string="Days ahead",
        help="How many days before its beginning a booking can be made. "
        "0: without limit.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Who may book",
        help="Groups of users who may book. Empty: everybody who books at all.",
    )
    has_meter = fields.Boolean(
        string="Meter is read",
        help="Whoever takes and returns the resource writes down its meter, like the "
        "odometer of a car.",
    )
    meter_unit = fields.Char(string="Unit of the meter", translate=True)

    _check_hours = models.Constraint(
        "CHECK (min_hours >= 0 AND max_hours >= 0"
        " AND (max_hours = 0 OR max_hours >= min_hours))",
        "The longest booking cannot be shorter than the shortest one.",
    )
    _check_limits = models.Constraint(
        "CHECK (buffer_minutes BETWEEN 0 AND 10080 AND days_ahead >= 0)",
        "A break lasts from 0 to 10,080 minutes (a week); days ahead are not negative.",
    )
