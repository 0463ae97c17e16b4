from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..lib import busy_intervals
from .gestor_booking_lifecycle import HOLDING, STATES

# nobody books a car for forty years by a slip of the year
LONGEST_HOURS = 366 * 24
#: what decides when which resource is taken
PLAN_FIELDS = ("resource_id", "start_at", "stop_at", "quantity")


class GestorBooking(models.Model):
    """A resource taken by somebody for a time."""

    _name = "gestor.booking"
    _description = "Booking"
    _inherit = [
        "gestor.booking.calendar.mixin",
        "gestor.booking.lifecycle.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "gestor.document.mixin",
        "gestor.history.mixin",
    ]
    _order = "start_at desc, id desc"
    _check_company_auto = True
    _gestor_history_date = "start_at"

    name = fields.Char(string="Purpose", required=True, tracking=True)
    resource_id = fields.Many2one(
        "gestor.resource",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    kind_id = fields.Many2one(
        related="resource_id.kind_id", string="Kind", store=True, index=True
    )
    company_id = fields.Many2one(
        related="resource_id.company_id", store=True, index="btree_not_null"
    )
    quantity = fields.Integer(string="Units", default=1, required=True, tracking=True)
    start_at = fields.Datetime(
        string="From",
        required=True,
        index=True,
        tracking=True,
        default=fields.Datetime.now,
    )
    stop_at = fields.Datetime(
        string="To",
        required=True,
        compute="_compute_stop_at",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    hours = fields.Float(compute="_compute_hours", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Booked for",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", tracking=True
    )
    note = fields.Text(string="Comment")
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        copy=False,
    )
    series_id = fields.Many2one(
        "gestor.booking.series",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    is_late = fields.Boolean(
        string="Not returned in time",
        compute="_compute_is_late",
        search="_search_is_late",
    )
    can_approve = fields.Boolean(
        compute="_compute_can_approve", search="_search_can_approve"
    )
    can_change = fields.Boolean(
        compute="_compute_can_change",
        help="The user has the right to change the booking.",
    )

    # === Fields: taking and returning ===
    taken_at = fields.Datetime(string="Taken on", readonly=True, copy=False)
    returned_at = fields.Datetime(string="Returned on", readonly=True, copy=False)
    has_meter = fields.Boolean(related="resource_id.has_meter")
    meter_unit = fields.Char(related="resource_id.meter_unit")
    taken_note = fields.Text(string="Notes when taken", copy=False)
    taken_photo_ids = fields.Many2many(
        "ir.attachment",
        "gestor_booking_taken_photo_rel",
        string="Photos when taken",
        copy=False,
    )
    meter_start = fields.Float(string="Meter when taken", copy=False)
    meter_stop = fields.Float(string="Meter when returned", copy=False)
    meter_used = fields.Float(
        string="Used", compute="_compute_meter_used", store=True, copy=False
    )
    return_note = fields.Text(string="Notes on return", copy=False)
    return_photo_ids = fields.Many2many(
        "ir.attachment",
        "gestor_booking_return_photo_rel",
        string="Photos on return",
        copy=False,
    )
    currency_id = fields.Many2one(related="resource_id.currency_id")
    cost = fields.Monetary(compute="_compute_cost", store=True)

    _check_period = models.Constraint(
        "CHECK (stop_at > start_at)",
        "The end of a booking has to be after its beginning.",
    )
    _check_quantity = models.Constraint(
        "CHECK (quantity >= 1)", "A booking takes at least one unit."
    )
    _resource_start_idx = models.Index("(resource_id, start_at)")

    # === Computes ===

    @api.depends("resource_id", "start_at")
    def _compute_stop_at(self):
        for booking in self:
            if booking.start_at and (
                not booking.stop_at or booking.stop_at <= booking.start_at
            ):
                hours = booking.resource_id.min_hours or 1
                booking.stop_at = booking.start_at + timedelta(hours=hours)

    @api.depends("start_at", "stop_at")
    def _compute_hours(self):
        for booking in self:
            booking.hours = booking._get_hours()

    @api.depends("hours", "quantity", "resource_id.cost_per_hour")
    def _compute_cost(self):
        for booking in self:
            booking.cost = (
                booking.hours * booking.quantity * booking.resource_id.cost_per_hour
            )

    @api.depends("meter_start", "meter_stop", "state")
    def _compute_meter_used(self):
        for booking in self:
            is_read = booking.state == "returned" and booking.has_meter
            booking.meter_used = (
                booking.meter_stop - booking.meter_start if is_read else 0
            )

    @api.depends("name", "resource_id.display_name")
    def _compute_display_name(self):
        for booking in self:
            parts = (booking.resource_id.display_name, booking.name)
            booking.display_name = " · ".join(filter(None, parts))

    def _compute_is_late(self):
        now = fields.Datetime.now()
        for booking in self:
            booking.is_late = booking.state == "in_use" and booking.stop_at < now

    @api.depends("resource_id.keeper_id")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for booking in self:
            booking.can_approve = bool(booking.resource_id) and booking._is_approver()

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_can_change(self):
        allowed = self._origin._filtered_access("write")
        for booking in self:
            booking.can_change = not booking._origin or booking._origin in allowed

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "in_use") & Domain(
            "stop_at", "<", fields.Datetime.now()
        )

    def _search_can_approve(self, operator, value):
        if operator != "in":
            return NotImplemented
        if self._is_approving_all():
            return Domain.TRUE
        keepers = self.env.user | self.env.user._gestor_acting_for()
        return Domain("resource_id.keeper_id", "in", keepers.ids)

    # === Constraints and CRUD ===

    @api.constrains("start_at", "stop_at", "quantity", "resource_id", "state")
    def _check_rules(self):
        for booking in self:
            if booking.state not in ("returned", "cancelled"):
                booking._check_length()
                if booking.quantity > booking.resource_id.quantity:
                    raise ValidationError(
                        self.env._(
                            "%(resource)s has so many units: %(quantity)s.",
                            resource=booking.resource_id.display_name,
                            quantity=booking.resource_id.quantity,
                        )
                    )

    def _check_length(self):
        resource = self.resource_id
        hours = self._get_hours()
        if hours > LONGEST_HOURS:
            raise ValidationError(
                self.env._("A booking lasts a year at most. Check the year of its end.")
            )
        if resource.min_hours and hours < resource.min_hours:
            raise ValidationError(
                self.env._(
                    "%(resource)s is booked for at least so many hours: %(hours)s.",
                    resource=resource.display_name,
                    hours=f"{resource.min_hours:g}",
                )
            )
        if resource.max_hours and hours > resource.max_hours:
            raise ValidationError(
                self.env._(
                    "%(resource)s is booked for at most so many hours: %(hours)s.",
                    resource=resource.display_name,
                    hours=f"{resource.max_hours:g}",
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        bookings = super().create(vals_list)
        bookings._check_may_plan()
        bookings._check_may_confirm()
        bookings._sync_slots()
        return bookings

    def write(self, vals):
        is_moved = not vals.keys().isdisjoint(PLAN_FIELDS)
        if is_moved:
            self._check_movable()
        result = super().write(vals)
        if "state" in vals:
            self._check_may_confirm()
        elif is_moved:
            self._check_may_plan()
            self._ask_again()
        if is_moved or "state" in vals:
            self._sync_slots()
        return result

    def _reschedule(self, places):  # pylint: disable=missing-return
        """Give bookings other times or resources, all at once or none.

        They may change places with each other: what they held before is free for all
        of them.

        :param dict places: values of ``PLAN_FIELDS`` by booking id
        :raise UserError: as a plain ``write`` does
        """
        self._check_movable()
        for booking in self:
            # pylint: disable-next=super-method-mismatch
            super(GestorBooking, booking).write(places[booking.id])
        self._check_may_plan()
        self._ask_again()
        self._sync_slots()

    @api.ondelete(at_uninstall=False)
    def _unlink_only_plans(self):
        if any(booking.state in ("in_use", "returned") for booking in self):
            raise UserError(
                self.env._(
                    "A booking that was taken is history: it is not deleted. Cancel "
                    "those that did not happen."
                )
            )

    def _check_movable(self):
        ended = self.filtered(
            lambda booking: booking.state in ("returned", "cancelled")
        )
        if ended:
            raise UserError(
                self.env._(
                    "%(booking)s has ended and cannot be moved.",
                    booking=ended[0].display_name,
                )
            )

    def _check_seen(self, seen):
        """Refuse to move what somebody else has moved since the user saw it.

        :param dict seen: values of ``PLAN_FIELDS`` as the screen of the user had them
        """
        self.ensure_one()
        current = self.read(list(seen), load=None)[0]
        if any(
            self._fields[name].convert_to_cache(value, self) != current[name]
            for name, value in seen.items()
            if name in PLAN_FIELDS
        ):
            raise UserError(
                self.env._(
                    "%(booking)s was moved by somebody else meanwhile. Look where it "
                    "is now and move it again if needed.",
                    booking=self.display_name,
                )
            )

    def _sync_slots(self):
        """Hold the units of those that hold any, and free those of the others."""
        # sudo: the slots are closed to users; what a user may book was checked before
        slots = self.env["gestor.booking.slot"].sudo()
        holding = self.filtered(lambda booking: booking.state in HOLDING)
        slots._drop(self - holding)
        slots._take(holding)

    # === Hooks and helpers ===

    def _get_hours(self):
        if not (self.start_at and self.stop_at):
            return 0.0
        return (self.stop_at - self.start_at).total_seconds() / 3600

    def _get_release_at(self, stop=None):
        """Return when the resource is free for the next one, the break included."""
        self.ensure_one()
        return (stop or self.stop_at) + timedelta(
            minutes=self.resource_id.buffer_minutes
        )

    def _get_alternatives(self, start=None, stop=None):
        """Return the other resources of the kind that are free all that time.

        :param datetime start: another time than the booking's, with its ``stop``
        :rtype: recordset of ``gestor.resource``
        """
        self.ensure_one()
        resource = self.resource_id
        start, stop = start or self.start_at, self._get_release_at(stop)
        others = self.env["gestor.resource"].search(
            [
                ("kind_id", "=", resource.kind_id.id),
                ("id", "!=", resource.id),
                ("quantity", ">=", self.quantity),
                ("company_id", "in", (resource.company_id.id, False)),
            ]
        )
        if not others:
            return others
        busy = others._get_busy(start, stop, self.quantity)
        return others.filtered(lambda other: other.id not in busy)

    def _is_taken_by_others(self, start, stop):
        """Return whether the resource is taken at another time, but not by this."""
        self.ensure_one()
        # sudo: the slots are technical; whose they are is not told
        slots = self.env["gestor.booking.slot"].sudo()
        window = [
            ("resource_id", "=", self.resource_id.id),
            ("start_at", "<", self._get_release_at(stop)),
            ("stop_at", ">", start),
        ]
        others = slots.search([*window, ("booking_id", "!=", self.id)])
        taken = [(slot.start_at, slot.stop_at) for slot in others]
        outages = self.env["gestor.outage"].search_count(window, limit=1)
        units = self.resource_id.quantity
        return bool(outages or busy_intervals(taken, units, self.quantity))
