from odoo import api, fields, models
from odoo.exceptions import UserError

from .gestor_booking_lifecycle import BEFORE

CALENDAR_STATES = {"returned": "done", "cancelled": "cancelled"}


class GestorBookingCalendarMixin(models.AbstractModel):
    """How bookings stand in the common calendar and on the Day screen."""

    _name = "gestor.booking.calendar.mixin"
    _description = "Bookings In The Calendar"
    _inherit = "gestor.calendar.mixin"

    _gestor_calendar_start_field = "start_at"
    _gestor_calendar_stop_field = "stop_at"
    _gestor_calendar_partner_field = "partner_id"
    _gestor_calendar_resource_field = "resource_id"

    @api.model
    def _gestor_calendar_kinds(self):
        return [
            {
                "key": self._name,
                "label": self.env._("Booking"),
                "icon": "fa-car",
                "color": 4,
            }
        ]

    @api.model
    def _get_gestor_calendar_fields(self):
        return [*super()._get_gestor_calendar_fields(), "state", "kind_id"]

    def _prepare_gestor_calendar_items(self):
        items = super()._prepare_gestor_calendar_items()
        for item, booking in zip(items, self, strict=True):
            item["state"] = CALENDAR_STATES.get(booking.state, "open")
            item["color"] = booking.kind_id.color or item["color"]
            item["can_move"] = item["can_move"] and booking.state in BEFORE["cancel"]
        return items

    @api.model
    def _gestor_calendar_create_action(self, start, stop, all_day=False):
        if not self.has_access("create"):
            return None
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New booking"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_start_at": fields.Datetime.to_string(start),
                "default_stop_at": fields.Datetime.to_string(stop),
            },
        }

    def _gestor_calendar_delegate(self, user):
        self.ensure_one()
        self.check_access("write")
        if self.state not in BEFORE["cancel"]:
            raise UserError(
                self.env._(
                    "%(booking)s is taken or has ended: it is not given to somebody "
                    "else.",
                    booking=self.display_name,
                )
            )
        self.write({"user_id": user.id})

    def _gestor_calendar_finish(self):
        self.ensure_one()
        if self.has_meter:
            raise UserError(
                self.env._(
                    "%(booking)s: open it and return it there, its meter has to be "
                    "read.",
                    booking=self.display_name,
                )
            )
        self._end(fields.Datetime.now())

    def _gestor_calendar_cancel(self):
        self.action_cancel()
