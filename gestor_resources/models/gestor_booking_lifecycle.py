from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime

STATES = [
    ("draft", "Draft"),
    ("requested", "Waits for approval"),
    ("confirmed", "Confirmed"),
    ("in_use", "In use"),
    ("returned", "Returned"),
    ("cancelled", "Cancelled"),
]
#: nobody else gets the resource at that time; what was used stays in the history
HOLDING = ("requested", "confirmed", "in_use", "returned")
#: handed out so much before its time, a resource needs no other booking
EARLY = timedelta(minutes=30)
#: what a booking has to be for each step
BEFORE = {
    "confirm": ("draft",),
    "approve": ("requested",),
    "take": ("confirmed",),
    "return": ("confirmed", "in_use"),
    "cancel": ("draft", "requested", "confirmed"),
    "draft": ("cancelled", "requested", "confirmed"),
}


class GestorBookingLifecycleMixin(models.AbstractModel):
    """How a booking goes from a draft to the return of the resource."""

    _name = "gestor.booking.lifecycle.mixin"
    _description = "Life Of A Booking"

    # === Actions ===

    def action_confirm(self):
        """Take the resource, or ask its keeper where that is the rule.

        :raise UserError: if it is taken or out of use
        """
        self._check_step("confirm")
        asking = self.filtered(lambda booking: booking._is_approval_needed())
        (self - asking).write({"state": "confirmed"})
        if asking:
            asking.write({"state": "requested"})
            asking._ask_keepers()
        return True

    def action_approve(self):
        """Confirm what waits for approval; the keeper or a manager does."""
        self._check_step("approve")
        self._check_approver()
        # sudo: who stands in for a keeper may not change bookings, but approves them
        self.sudo().write({"state": "confirmed"})
        self._close_questions()
        for booking in self:
            booking._notify_user(self.env._("The booking is approved."))
        return True

    def action_take(self):
        """Write down that the resource is taken now.

        What is taken long before its time is booked from now on. The keeper hands out
        what others have booked.

        :raise UserError: if somebody else has it until then
        """
        self._check_step("take")
        now = fields.Datetime.now()
        for booking in self._by_keeper():
            vals = {
                "state": "in_use",
                "taken_at": now,
                "meter_start": booking.meter_start or booking.resource_id.meter,
            }
            if booking.start_at - now > EARLY:
                vals["start_at"] = now
            booking.write(vals)
        return True

    def action_return(self):
        """Ask for the meter and notes, and end the booking."""
        self.ensure_one()
        self._check_step("return")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_resources.gestor_booking_return_action"
        )
        action["context"] = {"default_booking_id": self.id}
        return action

    def action_cancel(self):
        """Free the resource."""
        self._check_step("cancel")
        asked = self.filtered(lambda booking: booking.state == "requested")
        others = self.filtered(lambda booking: booking.user_id != self.env.user)
        keepers = others.filtered(lambda booking: booking._is_approver())
        # sudo: a keeper refuses other people's bookings of his resource
        keepers.sudo().write({"state": "cancelled"})
        (self - keepers).write({"state": "cancelled"})
        asked._close_questions()
        for booking in others:
            booking._notify_user(self.env._("The booking is cancelled."))
        return True

    def action_draft(self):
        """Open the booking again; the resource is free until it is confirmed."""
        self._check_step("draft")
        self.write({"state": "draft"})
        self._close_questions()
        return True

    def _end(self, returned_at, meter_stop=0.0, note=None):
        """End the booking: from that moment on the resource is free for others.

        :raise UserError: if the meter went backwards
        """
        self.ensure_one()
        self._check_step("return")
        resource = self.resource_id
        meter_start = self.meter_start or resource.meter
        if resource.has_meter and meter_stop < meter_start:
            raise UserError(
                self.env._(
                    "The meter showed %(start)s when the resource was taken; it "
                    "cannot show less now.",
                    start=f"{meter_start:g}",
                )
            )
        vals = {
            "state": "returned",
            "taken_at": self.taken_at or self.start_at,
            "returned_at": returned_at,
            "return_note": note,
            "meter_start": meter_start,
            "meter_stop": meter_stop,
        }
        if self.start_at < returned_at < self.stop_at:
            vals["stop_at"] = returned_at
        self._by_keeper()[0].write(vals)
        if resource.has_meter:
            # sudo: who returns a car tells its meter, but may not change its card
            resource.sudo().meter = meter_stop

    @api.model
    def _gestor_book(self, vals_list):
        """Book as many as can be; one that is taken does not stop the others.

        All at once, which is quick; what is refused is found by halving.

        :param list vals_list: values of new bookings
        :return: the confirmed bookings, and ``[(vals, reason)]`` of those refused
        :rtype: tuple
        """
        if not vals_list:
            return self.browse(), []
        try:
            with self.env.cr.savepoint():
                bookings = self.create(vals_list)
                bookings.action_confirm()
                return bookings, []
        except (UserError, ValidationError) as error:
            if len(vals_list) == 1:
                return self.browse(), [(vals_list[0], str(error))]
        middle = len(vals_list) // 2
        first, first_refused = self._gestor_book(vals_list[:middle])
        second, second_refused = self._gestor_book(vals_list[middle:])
        return first + second, first_refused + second_refused

    # === Rules ===

    def _check_step(self, step):
        wrong = self.filtered(lambda booking: booking.state not in BEFORE[step])
        if wrong:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(booking)s: the state is %(state)s, so this step is not "
                    "possible.",
                    booking=wrong[0].display_name,
                    state=states[wrong[0].state],
                )
            )

    def _check_may_plan(self):
        """Refuse what the rules of the resources do not let this user book."""
        now = fields.Datetime.now()
        is_manager = self._is_approving_all()
        for booking in self:
            resource = booking.resource_id
            if not resource.active:
                raise UserError(
                    self.env._(
                        "%(resource)s is retired and cannot be booked.",
                        resource=resource.display_name,
                    )
                )
            if not is_manager and not resource._is_for_user():
                raise AccessError(
                    self.env._(
                        "You may not book %(resource)s: it is for other groups of "
                        "users.",
                        resource=resource.display_name,
                    )
                )
            latest = resource.days_ahead and now + timedelta(days=resource.days_ahead)
            if latest and not is_manager and booking.start_at > latest:
                raise UserError(
                    self.env._(
                        "%(resource)s can be booked until %(moment)s today.",
                        resource=resource.display_name,
                        moment=format_datetime(self.env, latest, dt_format="short"),
                    )
                )
        self._check_working_hours()

    def _check_working_hours(self):
        bound = self.filtered(lambda booking: booking.resource_id.is_in_working_hours)
        for booking in bound:
            closed = booking.resource_id._get_closed(booking.start_at, booking.stop_at)
            if closed.get(booking.resource_id.id):
                raise UserError(
                    self.env._(
                        "%(resource)s can be booked in its working hours only.",
                        resource=booking.resource_id.display_name,
                    )
                )

    # === Approval ===

    def _is_approval_needed(self):
        self.ensure_one()
        return self.resource_id.is_approval_required and not self._is_approver()

    def _is_approver(self):
        """Return whether the user decides about bookings of this resource."""
        self.ensure_one()
        keeper = self.resource_id.keeper_id
        return (
            keeper == self.env.user
            or self._is_approving_all()
            or keeper in self.env.user._gestor_acting_for()
        )

    @api.model
    def _is_approving_all(self):
        return self.env.su or self.env.user.has_group(
            "gestor_resources.gestor_resources_group_manager"
        )

    def _by_keeper(self):
        """Return the bookings, with all rights where the user stands in for a keeper.

        The rights of the keeper himself are in the rules.

        :rtype: list of bookings
        """
        self.check_access("read")
        mine = self._filtered_access("write")
        return [
            # sudo: a substitute hands out and takes back as the keeper does
            booking.sudo()
            if booking not in mine and booking._is_approver()
            else booking
            for booking in self
        ]

    def _check_approver(self):
        for booking in self:
            if not booking._is_approver():
                raise AccessError(
                    self.env._(
                        "Only the keeper of %(resource)s or a manager of resources "
                        "approves its bookings.",
                        resource=booking.resource_id.display_name,
                    )
                )

    def _check_may_confirm(self):
        """Refuse the state of an approved booking to whoever does not approve."""
        for booking in self:
            if booking.state == "confirmed" and booking._is_approval_needed():
                booking._check_approver()

    def _ask_again(self):
        """Let the keeper approve again what somebody else has moved."""
        moved = self.filtered(
            lambda booking: (
                booking.state == "confirmed" and booking._is_approval_needed()
            )
        )
        if moved:
            moved.write({"state": "requested"})
            moved._ask_keepers()

    def _ask_keepers(self):
        for booking in self.filtered(lambda booking: booking.resource_id.keeper_id):
            # sudo: whoever books may ask the keeper, also without rights to his work
            booking.sudo().activity_schedule(
                "gestor_resources.mail_activity_booking_approval",
                summary=self.env._("Approve the booking"),
                user_id=booking.resource_id.keeper_id.id,
            )

    def _close_questions(self):
        # sudo: the question is the keeper's, whoever answers it
        self.sudo().activity_unlink(["gestor_resources.mail_activity_booking_approval"])

    def _notify_user(self, body):
        self.ensure_one()
        # sudo: a keeper may tell the one who booked
        self.sudo().message_post(
            body=body,
            author_id=self.env.user.partner_id.id,
            partner_ids=(self.user_id - self.env.user).partner_id.ids,
        )

    # === Cron ===

    @api.model
    def _cron_remind_late(self):
        """Plan a to-do, once, for what was not returned in time."""
        kind = "gestor_resources.mail_activity_booking_late"
        late = self.search([("is_late", "=", True)])
        told = late.activity_search([kind])
        asked = self.browse(told.mapped("res_id"))
        for booking in late - asked:
            booking.activity_schedule(
                kind,
                summary=self.env._("Return the resource"),
                user_id=booking.user_id.id,
            )
