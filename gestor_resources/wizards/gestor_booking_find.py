from datetime import datetime, time, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.gestor_calendar.lib import wall_clock

from ..lib import common_intervals, next_free

# proposals begin on a full quarter of an hour
STEP = timedelta(minutes=15)
MANY_LINES = 30
MANY_DAYS = 62


class GestorBookingFind(models.TransientModel):
    """Finds a time at which a resource of a kind is free long enough."""

    _name = "gestor.booking.find"
    _description = "Find A Free Time"

    kind_id = fields.Many2one("gestor.resource.kind", required=True)
    quantity = fields.Integer(string="Units", default=1, required=True)
    capacity = fields.Integer(
        string="For how many people", help="0: the capacity does not matter."
    )
    duration_hours = fields.Float(string="Hours", default=1, required=True)
    date_start = fields.Date(
        string="From day", default=fields.Date.context_today, required=True
    )
    days = fields.Integer(default=14, required=True)
    hour_from = fields.Float(string="Not before", default=8)
    hour_to = fields.Float(string="Not after", default=17)
    has_weekends = fields.Boolean(string="Weekends too")
    line_ids = fields.One2many("gestor.booking.find.line", "find_id", string="Free")
    is_searched = fields.Boolean()

    _check_hours = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "The hours go from 0 to 24, and the first comes before the second.",
    )
    _check_length = models.Constraint(
        "CHECK (duration_hours > 0 AND quantity >= 1)",
        "Say how long at least one unit is needed.",
    )

    @api.constrains("days")
    def _check_days(self):
        if any(not 1 <= find.days <= MANY_DAYS for find in self):
            raise ValidationError(
                self.env._(
                    "A free time is looked for in 1 to %(days)s days.", days=MANY_DAYS
                )
            )

    # === Actions ===

    def action_search(self):
        """Show from when each resource of the kind is free so long, soonest first."""
        self.ensure_one()
        self.is_searched = True
        self.line_ids = [
            Command.clear(),
            *(Command.create(vals) for vals in self._prepare_lines_vals()),
        ]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_resources.gestor_booking_find_action"
        )
        return {**action, "res_id": self.id}

    # === Helpers ===

    def _get_resource_domain(self):
        """Return which resources come into question."""
        self.ensure_one()
        return [
            ("kind_id", "=", self.kind_id.id),
            ("quantity", ">=", self.quantity),
            ("capacity", ">=", self.capacity),
        ]

    def _prepare_lines_vals(self):
        duration = timedelta(hours=self.duration_hours)
        resources = self.env["gestor.resource"].search(self._get_resource_domain())
        resources = resources.filtered(
            lambda resource: (
                resource._is_for_user()
                and resource.min_hours <= self.duration_hours
                and (
                    not resource.max_hours or self.duration_hours <= resource.max_hours
                )
            )
        )
        windows = self._get_windows(duration)
        if not windows or not resources:
            return []
        found = self._get_starts(resources, windows, duration)
        return [
            {
                "resource_id": resource.id,
                "start_at": start,
                "stop_at": start + duration,
            }
            for start, resource in found[:MANY_LINES]
        ]

    def _get_starts(self, resources, windows, duration):
        """Return ``[(start, resource)]``, one for each resource and window."""
        free = resources._gestor_free_intervals(
            windows[0][0], windows[-1][1] + timedelta(days=7), self.quantity
        )
        found = []
        for resource in resources:
            gap = timedelta(minutes=resource.buffer_minutes)
            # a break after the booking has to be free too, also in the evening
            begins = [
                (start, stop - gap)
                for start, stop in free[resource.id]
                if start < stop - gap
            ]
            for window in windows:
                inside = common_intervals(begins, [window])
                start = next_free(
                    [(_round_up(start), stop) for start, stop in inside], duration
                )
                if start:
                    found.append((start, resource))
        return sorted(found, key=lambda pair: (pair[0], pair[1].capacity, pair[1].id))

    def _get_windows(self, duration):
        """Return when a booking may lie, UTC: the hours of each day.

        What lasts longer than the hours of a day has to begin in them only.
        """
        self.ensure_one()
        zone = wall_clock.get_zone(self.env.user.tz)
        now, windows = fields.Datetime.now(), []
        # a booking over several days runs through the nights
        longer = max(
            duration - timedelta(hours=self.hour_to - self.hour_from), timedelta()
        )
        for number in range(self.days):
            day = self.date_start + timedelta(days=number)
            if day.weekday() > 4 and not self.has_weekends:
                continue
            midnight = datetime.combine(day, time())
            start, stop = (
                wall_clock.to_moment(midnight + timedelta(hours=hour), zone)
                for hour in (self.hour_from, self.hour_to)
            )
            if max(start, now) < stop + longer:
                windows.append((max(start, now), stop + longer))
        return windows


class GestorBookingFindLine(models.TransientModel):
    _name = "gestor.booking.find.line"
    _description = "Free Time Of A Resource"
    _order = "start_at, id"

    find_id = fields.Many2one("gestor.booking.find", ondelete="cascade", index=True)
    resource_id = fields.Many2one("gestor.resource", readonly=True)
    capacity = fields.Integer(related="resource_id.capacity")
    place = fields.Char(related="resource_id.place")
    is_approval_required = fields.Boolean(related="resource_id.is_approval_required")
    start_at = fields.Datetime(string="From", readonly=True)
    stop_at = fields.Datetime(string="To", readonly=True)

    def action_book(self):
        """Open a booking of that time, to be named and confirmed."""
        self.ensure_one()
        if not self.env["gestor.booking"].has_access("create"):
            raise UserError(self.env._("You may not book resources."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "gestor.booking",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_resource_id": self.resource_id.id,
                "default_start_at": fields.Datetime.to_string(self.start_at),
                "default_stop_at": fields.Datetime.to_string(self.stop_at),
                "default_quantity": self.find_id.quantity,
            },
        }


def _round_up(moment):
    rest = (moment - datetime.min) % STEP
    return moment + (STEP - rest if rest else rest)
