from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

# a series is booked so far ahead; the cron goes on from there
HORIZON = timedelta(days=366)


class GestorBookingSeries(models.Model):
    """A booking that recurs, like a room every Monday at nine."""

    _name = "gestor.booking.series"
    _description = "Series Of Bookings"
    _inherit = ["gestor.recurrence.mixin", "mail.thread", "gestor.document.mixin"]
    _order = "id desc"

    name = fields.Char(string="Purpose", required=True)
    active = fields.Boolean(default=True)
    resource_id = fields.Many2one("gestor.resource", required=True, index=True)
    company_id = fields.Many2one(
        related="resource_id.company_id", store=True, index="btree_not_null"
    )
    quantity = fields.Integer(string="Units", default=1, required=True)
    duration_hours = fields.Float(string="Hours", default=1, required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Booked for",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
    )
    partner_id = fields.Many2one("res.partner", string="Client", index="btree_not_null")
    booked_until = fields.Datetime(string="Booked until", readonly=True, copy=False)
    booking_ids = fields.One2many(
        "gestor.booking", "series_id", string="Bookings", readonly=True
    )
    booking_count = fields.Integer(
        string="Bookings count", compute="_compute_booking_count"
    )

    _check_duration = models.Constraint(
        "CHECK (duration_hours > 0 AND quantity >= 1)",
        "A series books at least one unit for some time.",
    )

    def _compute_booking_count(self):
        counts = dict(
            self.env["gestor.booking"]._read_group(
                [("series_id", "in", self.ids)], ["series_id"], ["__count"]
            )
        )
        for series in self:
            series.booking_count = counts.get(series, 0)

    @api.constrains("cycle_start_at", "cycle_end", "cycle_until", "cycle_count")
    def _check_series(self):
        self._check_cycle()

    # === Actions ===

    def action_book(self):
        """Book the occurrences of the next year; those that are taken are named.

        :raise UserError: if nothing can be booked
        """
        for series in self:
            booked, refused = series._book_ahead()
            if not booked and not refused:
                raise UserError(
                    self.env._("The cycle has no more occurrences within a year.")
                )
            series._tell(booked, refused)
        return True

    def action_cancel_following(self):
        """Cancel what is booked from now on, and end the series."""
        now = fields.Datetime.now()
        for series in self:
            following = series.booking_ids.filtered(
                lambda booking: (
                    booking.start_at >= now
                    and booking.state in ("draft", "requested", "confirmed")
                )
            )
            following.action_cancel()
            series.active = False
        return True

    # === Booking ===

    def _book_ahead(self):
        """Book what the horizon has and is not booked yet.

        :return: the bookings made, and ``[(start, reason)]`` of those refused
        :rtype: tuple
        """
        self.ensure_one()
        start = max(
            filter(None, (self.cycle_start_at, self.booked_until)),
            default=fields.Datetime.now(),
        )
        stop = fields.Datetime.now() + HORIZON
        moments = [] if stop <= start else list(self._get_occurrences(start, stop))
        if moments:
            self.booked_until = moments[-1] + timedelta(seconds=1)
        vals_list = [self._prepare_booking_vals(moment) for moment in moments]
        booked, refused = self.env["gestor.booking"]._gestor_book(vals_list)
        return booked, [(vals["start_at"], reason) for vals, reason in refused]

    def _prepare_booking_vals(self, start):
        """Return the values of one booking of the series.

        :param datetime start: UTC, naive
        """
        return {
            "name": self.name,
            "resource_id": self.resource_id.id,
            "quantity": self.quantity,
            "start_at": start,
            "stop_at": start + timedelta(hours=self.duration_hours),
            "user_id": self.user_id.id,
            "partner_id": self.partner_id.id,
            "series_id": self.id,
        }

    def _tell(self, booked, refused):
        """Write down how many were booked and why the others were not."""
        lines = [self.env._("Booked: %(count)s.", count=len(booked))]
        lines += [
            self.env._(
                "Not booked: %(moment)s. %(reason)s",
                moment=format_datetime(self.env, moment, dt_format="short"),
                reason=reason,
            )
            for moment, reason in refused
        ]
        self.message_post(body=Markup("<br/>").join(lines))

    # === Cron ===

    @api.model
    def _cron_book_ahead(self):
        """Book the next occurrences of series without an end."""
        soon = fields.Datetime.now() + HORIZON / 2
        for series in self.search(
            [("booked_until", "!=", False), ("booked_until", "<", soon)]
        ):
            booked, refused = series.with_user(series.user_id)._book_ahead()
            if booked or refused:
                series._tell(booked, refused)
