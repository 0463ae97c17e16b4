from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

TIMES = frozenset(("planned_start_at", "planned_stop_at"))


class GestorActivity(models.Model):
    _name = "gestor.activity"
    _inherit = ["gestor.activity", "gestor.activity.planning.mixin"]

    booking_ids = fields.One2many(
        "gestor.booking", "activity_id", string="Bookings", copy=False
    )
    resource_ids = fields.Many2many(
        "gestor.resource",
        string="Resources",
        compute="_compute_resource_ids",
        inverse="_inverse_resource_ids",
        search="_search_resource_ids",
        help="What is put here is booked for the time of the activity.",
    )
    has_gestor_following = fields.Boolean(compute="_compute_has_gestor_following")

    # === Computes ===

    @api.depends("booking_ids.state", "booking_ids.resource_id")
    def _compute_resource_ids(self):
        for activity in self:
            live = activity.booking_ids.filtered(lambda row: row.state != "cancelled")
            activity.resource_ids = live.resource_id

    def _inverse_resource_ids(self):
        """Book what was added and cancel what was taken away; all or nothing."""
        wanted = {activity: activity.resource_ids for activity in self}
        vals_list, dropped = [], self.env["gestor.booking"]
        for activity, resources in wanted.items():
            live = activity.booking_ids.filtered(lambda row: row.state != "cancelled")
            dropped |= live.filtered(
                lambda row, kept=resources: row.resource_id not in kept
            )
            vals_list += [
                activity._prepare_gestor_booking_vals(resource)
                for resource in resources - live.resource_id
            ]
        dropped._gestor_release()
        bookings = self.env["gestor.booking"].create(vals_list)
        if bookings:
            bookings.action_confirm()

    @api.model
    def _search_resource_ids(self, operator, value):
        bookings = Domain("resource_id", operator, value)
        return Domain(
            "booking_ids", "any", bookings & Domain("state", "!=", "cancelled")
        )

    @api.depends("resource_ids")
    def _compute_has_gestor_following(self):
        for activity in self:
            activity.has_gestor_following = bool(
                activity.resource_ids and activity._get_gestor_following()
            )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        for template, made in activities.grouped("template_id").items():
            if template.resource_ids:
                made._gestor_book_and_tell(template.resource_ids)
        return activities

    def write(self, vals):
        if TIMES.isdisjoint(vals):
            return super().write(vals)
        before = {activity: activity._get_gestor_times() for activity in self}
        bookings = self.booking_ids
        result = super().write(vals)
        self._move_bookings(before, bookings)
        return result

    def unlink(self):
        self._get_live_bookings()._gestor_release()
        return super().unlink()

    # === Booking ===

    def _gestor_book(self, resources, quantity=1):
        """Book the resources for the time of each activity, as many as can be.

        :param resources: ``gestor.resource``
        :param int quantity: units of each
        :return: ``[(activity, resource, reason)]`` of what was refused
        :rtype: list
        """
        vals_list = [
            {**activity._prepare_gestor_booking_vals(resource), "quantity": quantity}
            for activity in self
            for resource in resources - activity.resource_ids
        ]
        _booked, refused = self.env["gestor.booking"]._gestor_book(vals_list)
        return [
            (
                self.browse(vals["activity_id"]),
                resources.browse(vals["resource_id"]),
                reason,
            )
            for vals, reason in refused
        ]

    def _gestor_book_and_tell(self, resources):
        """Book the resources and write on each activity what could not be booked.

        :return: see :meth:`_gestor_book`
        """
        dated = self.filtered("planned_start_at")
        refused = dated._gestor_book(resources)
        for activity, _resource, reason in refused:
            activity._tell_unbooked(reason)
        return refused

    def action_gestor_book_series(self):
        """Book the resources of this activity for the following ones of its series.

        :return: a notification that lists the refused dates
        """
        self.ensure_one()
        following = self._get_gestor_following()
        if not following or not self.resource_ids:
            raise UserError(
                self.env._(
                    "%(activity)s: there is no following activity of a series, or no "
                    "resource to book for it.",
                    activity=self.display_name,
                )
            )
        refused = following._gestor_book_and_tell(self.resource_ids)
        dates = [
            format_datetime(self.env, activity.planned_start_at, dt_format="short")
            for activity, _resource, _reason in refused
        ]
        message = self.env._(
            "Activities of the series: %(count)s.", count=len(following)
        )
        if dates:
            message += " " + self.env._(
                "Not booked: %(dates)s. The reasons stand on the activities.",
                dates=", ".join(dates),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if dates else "success",
                "sticky": bool(dates),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_gestor_plan(self):
        """Open the dialog that gives the activity another time or person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activities_resources.gestor_activity_plan_action"
        )
        return {**action, "context": {"default_activity_id": self.id}}

    def _prepare_gestor_booking_vals(self, resource):
        """Return the values of the booking of a resource for this activity.

        :raise UserError: if it is not said when the activity takes place
        """
        self.ensure_one()
        start, stop = self._get_gestor_times()
        if not start or start == stop:
            raise UserError(
                self.env._(
                    "%(activity)s: say from when to when it lasts before you book "
                    "resources for it.",
                    activity=self.display_name,
                )
            )
        company = resource.company_id
        if company and self.company_id != company:
            raise ValidationError(
                self.env._(
                    "%(resource)s belongs to another company than the activity.",
                    resource=resource.display_name,
                )
            )
        may_book_for_all = self.env["gestor.booking"]._is_booking_for_all()
        user = self.user_id if may_book_for_all else self.env.user
        return {
            # bookings are read by everybody, private activities are not
            "name": self.env._("Busy") if self.is_private else self.name,
            "partner_id": False if self.is_private else self.partner_id.id,
            "activity_id": self.id,
            "resource_id": resource.id,
            "start_at": start,
            "stop_at": stop,
            "user_id": (user or self.env.user).id,
        }

    # === Hooks and helpers ===

    def _gestor_state_changed(self):
        result = super()._gestor_state_changed()
        closed = self.filtered(
            lambda activity: activity.state in ("done", "failed", "cancelled")
        )
        bookings = closed._get_live_bookings()
        bookings._gestor_release()
        ended = bookings.filtered(lambda row: row.state in ("cancelled", "returned"))
        # sudo: a note for the reopening, also on what others have booked
        ended.sudo().is_ended_by_activity = True
        (self - closed)._book_again()
        return result

    def _book_again(self):
        """Book what was freed when the activities were closed; say what cannot be.

        What is left of the planned time is booked.
        """
        now = fields.Datetime.now()
        ended = self.booking_ids.filtered("is_ended_by_activity")
        # sudo: see where it is set
        ended.sudo().is_ended_by_activity = False
        vals_list = []
        for activity, bookings in ended.grouped("activity_id").items():
            start, stop = activity._get_gestor_times()
            if not stop or stop <= now:
                activity._tell_unbooked(
                    self.env._(
                        "The planned time has passed: %(resources)s.",
                        resources=", ".join(bookings.resource_id.mapped("name")),
                    )
                )
                continue
            vals_list += [
                {
                    **activity._prepare_gestor_booking_vals(booking.resource_id),
                    "start_at": max(start, now.replace(second=0)),
                    "quantity": booking.quantity,
                }
                for booking in bookings
            ]
        _booked, refused = self.env["gestor.booking"]._gestor_book(vals_list)
        for vals, reason in refused:
            self.browse(vals["activity_id"])._tell_unbooked(reason)

    def _tell_unbooked(self, reason):
        self.message_post(
            body=Markup("%s<br/>%s")
            % (self.env._("A resource could not be booked."), reason)
        )

    def _move_bookings(self, before, bookings):
        """Move what was booked before the activities moved, with them.

        :param dict before: planned times by activity
        """
        moves = {}
        for activity, times in before.items():
            now = activity._get_gestor_times()
            if all(times) and all(now) and times != now:
                moves[activity.id] = (now[0] - times[0], now[1] - times[1])
        states = bookings._get_gestor_live_states()
        bookings.filtered(
            lambda row: row.activity_id.id in moves and row.state in states
        )._gestor_follow(moves)

    def _get_gestor_times(self):
        self.ensure_one()
        return self.planned_start_at, self.planned_stop_at

    def _get_gestor_hours(self):
        """Return how long it lasts; without times as long as its type usually does."""
        start, stop = self._get_gestor_times()
        if start and stop and start < stop:
            return (stop - start).total_seconds() / 3600
        return self.type_id.default_hours or 1

    def _get_live_bookings(self):
        states = self.env["gestor.booking"]._get_gestor_live_states()
        return self.booking_ids.filtered(lambda booking: booking.state in states)

    def _get_gestor_following(self):
        """Return the open activities of the same series that come after this one."""
        self.ensure_one()
        # the addon of series may be missing
        series = self["series_id"] if "series_id" in self._fields else False
        if not series:
            return self.browse()
        return self.search(
            [
                ("series_id", "=", series.id),
                ("planned_start_at", ">", self.planned_start_at),
                ("state", "in", ("planned", "in_progress")),
            ],
            order="planned_start_at",
        )
