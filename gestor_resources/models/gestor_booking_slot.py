from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ..exceptions import ResourceTakenError
from ..lib import NotEnough, allocate

# so many alternatives are proposed when a resource is taken
PROPOSALS = 3


class GestorBookingSlot(models.Model):
    """One unit of a resource, taken for a time by one booking.

    Technical: bookings make and drop these rows, and the database refuses that two of
    them overlap, whatever two servers do at the same instant.
    """

    _name = "gestor.booking.slot"
    _description = "Booked Unit"
    _log_access = False

    booking_id = fields.Many2one(
        "gestor.booking", required=True, index=True, ondelete="cascade"
    )
    resource_id = fields.Many2one("gestor.resource", required=True, ondelete="cascade")
    unit = fields.Integer(required=True)
    start_at = fields.Datetime(string="From", required=True)
    stop_at = fields.Datetime(
        string="To", required=True, help="With the break after the booking."
    )

    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (resource_id WITH =, unit WITH =,"
        " tsrange(start_at, stop_at) WITH &&)",
        "Somebody else has just booked this resource for that time. Choose another "
        "time or another resource.",
    )

    # === Called by bookings ===

    @api.model
    def _take(self, bookings):
        """Give the bookings their units, or refuse all of them.

        The number of queries does not depend on the number of bookings.

        :raise ResourceTakenError: if a resource is taken or out of use; the message
            says by whom, from when it is free and what else of its kind is free
        """
        if not bookings:
            return
        self._serialize(bookings.resource_id)
        self.search([("booking_id", "in", bookings.ids)]).unlink()
        self._check_outages(bookings)
        wanted = [
            (
                booking,
                booking.resource_id.id,
                booking.start_at,
                booking._get_release_at(),
                booking.quantity,
            )
            for booking in bookings
        ]
        quantities = {
            resource.id: resource.quantity for resource in bookings.resource_id
        }
        try:
            units = allocate(wanted, self._get_taken(wanted), quantities)
        except NotEnough as error:
            message = self._get_taken_message(error.key, error.free)
            raise ResourceTakenError(message) from error
        self.create(
            [
                {
                    "booking_id": booking.id,
                    "resource_id": resource_id,
                    "unit": unit,
                    "start_at": start,
                    "stop_at": stop,
                }
                for booking, resource_id, start, stop, _count in wanted
                for unit in units[booking]
            ]
        )

    @api.model
    def _drop(self, bookings):
        """Free what the bookings hold."""
        self.search([("booking_id", "in", bookings.ids)]).unlink()

    # === Helpers ===

    @api.model
    def _serialize(self, resources):
        """Let those who book the same resource come one after another.

        An update of the same row: whoever comes second at the same instant is told by
        the database to begin again, sees the booking of the first, and gets a free
        unit or a clear message.
        """
        # NO KEY: the bookings just written share the key of that row; a full lock would
        # wait for the other one's share and he for ours, a deadlock every time
        self.env.execute_query(
            SQL(
                "UPDATE gestor_resource SET write_date = write_date WHERE id IN"
                " (SELECT id FROM gestor_resource WHERE id = ANY(%s)"
                " ORDER BY id FOR NO KEY UPDATE) RETURNING id",
                resources.ids,
            )
        )

    @api.model
    def _get_taken(self, wanted):
        self.flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT resource_id, unit, start_at, stop_at FROM gestor_booking_slot"
                " WHERE resource_id = ANY(%s) AND tsrange(start_at, stop_at) &&"
                " tsrange(%s, %s)",
                list({resource for _key, resource, *_rest in wanted}),
                min(start for _key, _resource, start, *_rest in wanted),
                max(stop for _key, _resource, _start, stop, _count in wanted),
            )
        )

    @api.model
    def _check_outages(self, bookings):
        outages = defaultdict(list)
        for outage in self.env["gestor.outage"].search(
            [
                ("resource_id", "in", bookings.resource_id.ids),
                ("start_at", "<", max(bookings.mapped("stop_at"))),
                ("stop_at", ">", min(bookings.mapped("start_at"))),
            ]
        ):
            outages[outage.resource_id].append(outage)
        for booking in bookings:
            for outage in outages[booking.resource_id]:
                if (
                    outage.start_at < booking.stop_at
                    and booking.start_at < outage.stop_at
                ):
                    raise ResourceTakenError(
                        self.env._(
                            "%(resource)s is out of use from %(start)s to %(stop)s: "
                            "%(reason)s.",
                            resource=booking.resource_id.display_name,
                            start=self._format(outage.start_at),
                            stop=self._format(outage.stop_at),
                            reason=outage.name,
                        )
                        + self._get_proposals(booking)
                    )

    @api.model
    def _get_taken_message(self, booking, free):
        """Say who has the resource, as far as the user may know, and what is free."""
        resource = booking.resource_id
        found = self.env.execute_query(
            SQL(
                "SELECT booking_id FROM gestor_booking_slot"
                " WHERE resource_id = %s AND tsrange(start_at, stop_at) &&"
                " tsrange(%s, %s) ORDER BY start_at, id LIMIT 1",
                resource.id,
                booking.start_at,
                booking._get_release_at(),
            )
        )
        others = self.env["gestor.booking"].browse(row[0] for row in found)
        message = self.env._(
            "%(resource)s is taken from %(start)s to %(stop)s. Units free: %(free)s, "
            "needed: %(needed)s.",
            resource=resource.display_name,
            start=self._format((others or booking).start_at),
            stop=self._format((others or booking).stop_at),
            free=free,
            needed=booking.quantity,
        )
        if others:
            message += " " + self.env._(
                "Booked by: %(user)s.", user=others.user_id.name or others.name
            )
        return message + self._get_proposals(booking)

    @api.model
    def _get_proposals(self, booking):
        """Say from when the resource is free and what else of its kind is."""
        resource = booking.resource_id
        length = booking._get_release_at() - booking.start_at
        lines = []
        later = resource._gestor_next_free(booking.start_at, length, booking.quantity)
        if resource.id in later:
            lines.append(
                self.env._(
                    "Free from %(moment)s.", moment=self._format(later[resource.id])
                )
            )
        others = booking._get_alternatives()[:PROPOSALS]
        if others:
            lines.append(
                self.env._(
                    "Free at that time: %(resources)s.",
                    resources=", ".join(others.mapped("display_name")),
                )
            )
        return "\n" + "\n".join(lines) if lines else ""

    @api.model
    def _format(self, moment):
        return format_datetime(self.env, moment, dt_format="short")
