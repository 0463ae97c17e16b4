from odoo import fields, models

from ..const import WEEKDAYS


class GestorSelfBookingWindow(models.Model):
    """Hours of a day of the week in which a page lets clients book."""

    _name = "gestor.self.booking.window"
    _description = "Booking Hours"
    _order = "weekday, hour_from, id"

    page_id = fields.Many2one(
        "gestor.self.booking.page", required=True, index=True, ondelete="cascade"
    )
    weekday = fields.Selection(WEEKDAYS, string="Day", required=True, default="0")
    hour_from = fields.Float(string="From", required=True, default=8.0)
    hour_to = fields.Float(string="To", required=True, default=16.0)

    _hours_order = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "Booking hours begin before they end, between 0:00 and 24:00.",
    )
