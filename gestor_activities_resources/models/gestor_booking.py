from odoo import api, fields, models


class GestorBooking(models.Model):
    _inherit = "gestor.booking"

    activity_id = fields.Many2one(
        "gestor.activity",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
        help="The booking moves, ends and is cancelled together with it.",
    )

    is_ended_by_activity = fields.Boolean(
        string="Ended with its activity",
        readonly=True,
        copy=False,
        help="It is booked again when the activity is reopened.",
    )

    # === Actions ===

    def action_activity(self):
        """Open the activity that the resource is booked for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "gestor.activity",
            "res_id": self.activity_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # === Following the activity ===

    @api.model
    def _get_gestor_live_states(self):
        """Return the states in which a booking still follows its activity."""
        return ("draft", "requested", "confirmed", "in_use")

    def _gestor_by_planner(self):
        """Return the bookings, each with somebody who may change it.

        Who moves an activity moves what is booked for it too, as if whoever booked had
        done so: rules of the resource and approval stay in force.

        :rtype: list of recordsets
        """
        mine = self._filtered_access("write")
        groups = (self - mine).grouped("user_id").items()
        return [mine, *(bookings.with_user(user) for user, bookings in groups)]

    def _gestor_follow(self, moves):
        """Move bookings with their activities.

        :param dict moves: how far begin and end of the activity moved, two
            ``timedelta`` by activity id
        :raise UserError: if a resource is taken at the new time
        """
        for bookings in self._gestor_by_planner():
            places = {}
            for booking in bookings:
                by_start, by_stop = moves[booking.activity_id.id]
                places[booking.id] = {"stop_at": booking.stop_at + by_stop}
                if booking.state != "in_use":
                    places[booking.id]["start_at"] = booking.start_at + by_start
            if bookings:
                bookings._reschedule(places)

    def _gestor_release(self):
        """Free what closed or deleted activities do not need any more.

        What was not taken is cancelled; what was taken is over now. Where a meter has
        to be read the resource is not back before somebody reads it.
        """
        now = fields.Datetime.now()
        for bookings in self._gestor_by_planner():
            used = bookings.filtered(
                lambda booking: (
                    booking.state in ("confirmed", "in_use")
                    and booking.start_at < now
                    and booking.activity_id.state != "cancelled"
                )
            )
            for booking in used:
                if not booking.has_meter:
                    booking._end(now)
            unused = bookings.filtered(lambda booking: booking.state != "in_use") - used
            unused.action_cancel()

    @api.model
    def _is_booking_for_all(self):
        return self.env.su or self.env.user.has_group(
            "gestor_resources.gestor_resources_group_all"
        )
