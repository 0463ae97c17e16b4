from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# a plan of more days than that is a report
MANY_DAYS = 62


class GestorBookingPlan(models.AbstractModel):
    """What the plan of bookings shows: rows of resources, and what takes them."""

    _name = "gestor.booking.plan"
    _description = "Plan Of Bookings"

    @api.model
    def get_plan(self, start, stop, kind_id=None, text=None):
        """Return the resources and what takes them in a window, in one request.

        The number of queries does not depend on the number of resources.

        :param str start: UTC, ``YYYY-MM-DD hh:mm:ss``
        :param str stop: at most two months later
        :param int kind_id: only resources of this kind
        :param str text: only resources with this in their name or mark
        :return: ``rows``, ``bookings``, ``outages``, ``kinds`` and whether the user
            books (``can_book``)
        :rtype: dict
        :raise UserError: if the window is empty or too long
        """
        start, stop = (fields.Datetime.to_datetime(moment) for moment in (start, stop))
        if not start or not stop or not 0 < (stop - start).days <= MANY_DAYS:
            raise UserError(self.env._("The plan shows from a day to two months."))
        resources = self.env["gestor.resource"].search(
            self._get_resource_domain(kind_id, text)
        )
        window = (
            Domain("resource_id", "in", resources.ids)
            & Domain("start_at", "<", stop)
            & Domain("stop_at", ">", start)
        )
        return {
            "rows": [self._prepare_row(resource) for resource in resources],
            "bookings": self._get_bookings(window),
            "outages": [
                {
                    "id": outage.id,
                    "resource_id": outage.resource_id.id,
                    "name": outage.name,
                    "start": fields.Datetime.to_string(outage.start_at),
                    "stop": fields.Datetime.to_string(outage.stop_at),
                }
                for outage in self.env["gestor.outage"].search(window)
            ],
            "kinds": [
                {"id": kind.id, "name": kind.name}
                for kind in self.env["gestor.resource.kind"].search([])
            ],
            "can_book": self.env["gestor.booking"].has_access("create"),
        }

    @api.model
    def move_booking(self, booking_id, start, stop, resource_id, seen):
        """Move a booking that was dragged, unless somebody else was quicker.

        :param str start: UTC, ``YYYY-MM-DD hh:mm:ss``; ``stop`` likewise
        :param int resource_id: where to
        :param dict seen: ``start_at``, ``stop_at`` and ``resource_id`` as the plan of
            this user showed them
        :raise UserError: if the booking is not there any more, or was moved meanwhile;
            or if the time is taken
        """
        booking = self.env["gestor.booking"].browse(int(booking_id)).exists()
        if not booking:
            raise UserError(self.env._("This booking has been deleted meanwhile."))
        booking._check_seen(seen)
        booking.write(
            {"start_at": start, "stop_at": stop, "resource_id": int(resource_id)}
        )

    @api.model
    def _get_resource_domain(self, kind_id, text):
        domain = Domain.TRUE
        if kind_id:
            domain &= Domain("kind_id", "=", int(kind_id))
        if text:
            domain &= Domain("display_name", "ilike", text)
        return domain

    @api.model
    def _prepare_row(self, resource):
        return {
            "id": resource.id,
            "name": resource.name,
            "symbol": resource.symbol or "",
            "kind": resource.kind_id.name,
            "color": resource.kind_id.color,
            "quantity": resource.quantity,
        }

    @api.model
    def _get_bookings(self, window):
        bookings = self.env["gestor.booking"].search(
            window & Domain("state", "!=", "cancelled"), order="start_at, id"
        )
        movable = bookings.filtered(
            lambda booking: booking.state in ("draft", "requested", "confirmed")
        )._filtered_access("write")
        return [
            {
                "id": booking.id,
                "resource_id": booking.resource_id.id,
                "name": booking.name,
                # sudo: who has the car is said to everybody who sees the booking
                "user": booking.user_id.sudo().name,
                "start": fields.Datetime.to_string(booking.start_at),
                "stop": fields.Datetime.to_string(booking.stop_at),
                "state": booking.state,
                "is_late": booking.is_late,
                "is_movable": booking in movable,
            }
            for booking in bookings
        ]
