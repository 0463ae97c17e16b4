from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class GestorAutoHandlerSelfBooking(models.AbstractModel):
    """Remind a client of a visit.

    A visit plans it with the parameters ``booking_id``, ``channel`` and ``start``, the
    time it reminds of. Without parameters, as a step of an automat, it reminds of the
    visit of the activity in every way in which the page does.
    """

    _name = "gestor.auto.handler.self_booking"
    _description = "Remind Of A Visit"
    _inherit = ["gestor.auto.handler"]

    #: nothing is to be set: whom and when, the visit says
    _gestor_has_fields = True

    @api.model
    def _label(self):
        return self.env._("Remind of a booked visit")

    @api.model
    def _validate(self, params, model):
        if model != "gestor.activity":
            raise ValidationError(
                self.env._("Only activities have booked visits to remind of.")
            )

    @api.model
    def _get_step_params(self, step):
        return {}

    @api.model
    def _check_configurable(self, params):
        if params:
            raise ValidationError(
                self.env._("A reminder of a booked visit has no parameters.")
            )

    @api.model
    def _run(self, action, document):
        params = action.params or {}
        if not params:
            self._remind_of(document)
            return
        bookings = action.env["gestor.self.booking"]
        booking = bookings.browse(params["booking_id"]).exists()
        start = fields.Datetime.to_datetime(params["start"])
        # the visit may have been cancelled or moved while this waited
        if booking.state != "confirmed" or booking.start_at != start:
            return
        if start <= fields.Datetime.now():
            return
        booking._remind(params["channel"])

    @api.model
    def _remind_of(self, activity):
        """Remind of the visits of an activity that are still ahead."""
        now = fields.Datetime.now()
        bookings = activity._get_booked_visits().filtered(
            lambda booking: booking.state == "confirmed" and booking.start_at > now
        )
        if not bookings:
            raise UserError(self.env._("There is no booked visit ahead."))
        for booking in bookings:
            for channel, hours in booking._gestor_reminder_hours().items():
                if hours:
                    booking._remind(channel)
