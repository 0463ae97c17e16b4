from odoo import api, fields, models
from odoo.exceptions import AccessError


class GestorAutoHandlerSelfBooking(models.AbstractModel):
    """Remind a client of a visit. Planned by the visit itself, never by hand.

    Parameters: ``booking_id``, ``channel`` (``mail`` or ``sms``) and ``start``, the
    time it reminds of.
    """

    _name = "gestor.auto.handler.self_booking"
    _description = "Remind Of A Visit"
    _inherit = ["gestor.auto.handler"]

    @api.model
    def _label(self):
        return self.env._("Remind of a booked visit")

    @api.model
    def _check_configurable(self, params):
        raise AccessError(
            self.env._(
                "Reminders of booked visits are planned by the visits themselves."
            )
        )

    @api.model
    def _run(self, action, document):
        params = action.params
        bookings = action.env["gestor.self.booking"]
        booking = bookings.browse(params["booking_id"]).exists()
        start = fields.Datetime.to_datetime(params["start"])
        # the visit may have been cancelled or moved while this waited
        if booking.state != "confirmed" or booking.start_at != start:
            return
        if start <= fields.Datetime.now():
            return
        if params["channel"] == "sms":
            booking._send_sms()
        else:
            booking._tell_client("reminder")
