from collections import defaultdict
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.fields import Domain

from ..const import OFFICE_HOURS, OFFICE_WEEKDAYS
from ..lib.slots import day_of, merge, subtract, window_span


class GestorSelfBookingHoursMixin(models.AbstractModel):
    """When the people of a page work."""

    _name = "gestor.self.booking.hours.mixin"
    _description = "Working Time Of A Booking Page"

    def _get_working(self, users, start, stop):
        """Return when people work, without their leaves and public holidays.

        :param datetime start: UTC without zone, as ``stop``
        :return: ``{user id: merged spans}``
        :rtype: dict[int, list[tuple]]
        """
        self.ensure_one()
        calendars = {user: self._get_working_calendar(user) for user in users}
        if self.hours_kind == "own":
            hours = self._get_own_hours(start, stop)
            working = dict.fromkeys(users.ids, hours)
        else:
            working = self._get_calendar_hours(calendars, start, stop)
        leaves = self._get_leaves(calendars, start, stop)
        return {
            user_id: subtract(spans, leaves[user_id])
            for user_id, spans in working.items()
        }

    def _get_working_calendar(self, user):
        """Return the working hours of a person, as the host keeps them."""
        # sudo: when somebody works is what the page is for
        user = user.sudo()
        return user.resource_calendar_id or self.company_id.resource_calendar_id

    def _get_calendar_hours(self, calendars, start, stop):
        """Return the hours of calendars of work, each calendar asked once."""
        spans_of = {}
        for calendar in set(calendars.values()):
            if not calendar or calendar.flexible_hours:
                # who works when he likes is offered in the hours of an office
                windows = [(weekday, *OFFICE_HOURS) for weekday in OFFICE_WEEKDAYS]
                spans_of[calendar] = self._get_window_hours(windows, start, stop)
                continue
            intervals = calendar._work_intervals_batch(
                start.replace(tzinfo=UTC),
                stop.replace(tzinfo=UTC),
                compute_leaves=False,
            )[False]
            spans_of[calendar] = merge(
                tuple(
                    moment.astimezone(UTC).replace(tzinfo=None)
                    for moment in (begin, end)
                )
                for begin, end, _meta in intervals
            )
        return {user.id: spans_of[calendar] for user, calendar in calendars.items()}

    def _get_own_hours(self, start, stop):
        windows = [
            (int(window.weekday), window.hour_from, window.hour_to)
            for window in self.window_ids
        ]
        return self._get_window_hours(windows, start, stop)

    def _get_window_hours(self, windows, start, stop):
        """Return the spans of hours of the week on the clock of the page."""
        zone = self._get_zone()
        day, last = day_of(start, zone), day_of(stop, zone)
        spans = []
        while day <= last:
            spans += [
                window_span(day, hour_from, hour_to, zone)
                for weekday, hour_from, hour_to in windows
                if weekday == day.weekday()
            ]
            day += timedelta(days=1)
        return merge((max(begin, start), min(end, stop)) for begin, end in spans)

    def _get_leaves(self, calendars, start, stop):
        """Return when people are absent: on leave, or all the company.

        :return: ``{user id: spans}``
        :rtype: dict[int, list[tuple]]
        """
        # sudo: that somebody is absent, not why
        resources = self.env["resource.resource"].sudo()
        resources = resources.search_fetch(
            Domain("user_id", "in", [user.id for user in calendars])
            & Domain("company_id", "in", (self.company_id.id, False)),
            ["user_id"],
        )
        leaves = resources.env["resource.calendar.leaves"].search_fetch(
            Domain("date_from", "<", stop)
            & Domain("date_to", ">", start)
            & Domain("time_type", "=", "leave")
            & (
                Domain("resource_id", "in", resources.ids)
                | Domain("resource_id", "=", False)
                & Domain("company_id", "in", (self.company_id.id, False))
            ),
            ["date_from", "date_to", "resource_id", "calendar_id"],
        )
        absent = defaultdict(list)
        for leave in leaves:
            span = leave.date_from, leave.date_to
            if leave.resource_id:
                absent[leave.resource_id.user_id.id].append(span)
                continue
            for user, calendar in calendars.items():
                if not leave.calendar_id or leave.calendar_id == calendar:
                    absent[user.id].append(span)
        return absent

    def _get_zone(self):
        """Return the time zone of the page, in which its days are counted."""
        self.ensure_one()
        return ZoneInfo(self.tz or "UTC")
