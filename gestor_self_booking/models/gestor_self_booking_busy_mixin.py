from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.fields import Domain

from odoo.addons.gestor_activities.const import OPEN

from ..lib.slots import day_of


class GestorSelfBookingBusyMixin(models.AbstractModel):
    """What the people of a page are busy with. One query for each source."""

    _name = "gestor.self.booking.busy.mixin"
    _description = "Busy Time Of A Booking Page"

    def _gestor_busy(self, users, start, stop, skipped=None):
        """Return when people are busy, whoever asks and whatever it is with.

        Override it and add to what ``super()`` returns, in a constant number of
        queries.

        :param users: whom to look at
        :param datetime start: UTC without zone, as ``stop``
        :param skipped: the ``gestor.activity`` that is being moved and does not count
        :return: ``{user id: [(start, stop)]}``, in any order; the free ones may miss
        :rtype: dict[int, list[tuple]]
        """
        busy = defaultdict(list)
        self._add_activities(busy, users, start, stop, skipped)
        self._add_events(busy, users, start, stop)
        return busy

    def _add_activities(self, busy, users, start, stop, skipped):
        # sudo: that somebody is busy, not with what
        rows = self.env["gestor.activity.executor"].sudo()
        day = timedelta(days=1)
        query = rows._search(
            Domain("user_id", "in", users.ids)
            & Domain("state", "in", ("waiting", "in_progress"))
            & Domain("activity_id", "not in", skipped.ids if skipped else [])
            & Domain("activity_id.state", "in", OPEN)
            # an all-day task says by when, not that the whole day is taken
            & (
                Domain("activity_id.is_all_day", "=", False)
                | Domain("activity_id.type_id.is_timed", "=", True)
            )
            & Domain("activity_id.planned_start_at", "<", stop + day)
            & Domain("activity_id.planned_stop_at", ">", start - day)
        )
        names = ("id", "planned_start_at", "planned_stop_at", "is_all_day")
        found = _read_joined(rows, query, "user_id", "activity_id", names)
        activities = rows.activity_id
        all_day = activities.browse(row[1] for row in found if row[4])
        days = {
            activity.id: activity._get_day_limits(*activity._get_planned_days())
            for activity in all_day
        }
        for user_id, activity_id, begin, end, _is_all_day in found:
            busy[user_id].append(days.get(activity_id, (begin, end)))

    def _add_events(self, busy, users, start, stop):
        # sudo: that somebody is busy, not with what
        users = users.sudo()
        attendees = users.env["calendar.attendee"]
        day = timedelta(days=1)
        query = attendees._search(
            Domain("partner_id", "in", users.partner_id.ids)
            & Domain("state", "!=", "declined")
            & Domain("event_id.active", "=", True)
            & Domain("event_id.show_as", "=", "busy")
            & Domain("event_id.start", "<", stop + day)
            & Domain("event_id.stop", ">", start - day)
            # those of activities are there already, or the one that is being moved
            & Domain("event_id.gestor_activity_ids", "=", False)
        )
        by_partner = {user.partner_id.id: user for user in users}
        names = ("start", "stop", "allday")
        for partner_id, *span, is_all_day in _read_joined(
            attendees, query, "partner_id", "event_id", names
        ):
            user = by_partner[partner_id]
            if is_all_day:
                zone = ZoneInfo(user.tz or self.tz or "UTC")
                span = _day_limits(*(moment.date() for moment in span), zone)
            busy[user.id].append(tuple(span))

    def _get_booked(self, users, start, stop, skipped=None):
        """Return the visits of people with the buffers of their pages, and how many
        of them are of this page.

        :return: ``{user id: [(start, stop)]}`` and ``{user id: {day: visits}}``, the
            days on the clock of this page
        :rtype: tuple[dict, dict]
        """
        # sudo: that somebody is busy, not with what
        bookings = self.env["gestor.self.booking"].sudo()
        day = timedelta(days=1)
        bookings = bookings.search_fetch(
            Domain("user_id", "in", users.ids)
            & Domain("state", "!=", "cancelled")
            & Domain("id", "not in", skipped.gestor_self_booking_ids.ids)
            & Domain("start_at", "<", stop + day)
            & Domain("stop_at", ">", start - day),
            ["user_id", "page_id", "start_at", "stop_at"],
        )
        spans = defaultdict(list)
        counts = defaultdict(lambda: defaultdict(int))
        zone = self._get_zone()
        for booking in bookings:
            before, after = booking.page_id._get_buffers()
            spans[booking.user_id.id].append(
                (booking.start_at - before, booking.stop_at + after)
            )
            if booking.page_id == self:
                counts[booking.user_id.id][day_of(booking.start_at, zone)] += 1
        return spans, counts


def _read_joined(records, query, name, reference, names):
    """Return a column of rows that are searched for and columns behind a reference.

    Without a record for each row: there may be thousands, of which only times matter.

    :param records: with all rights, as the query was made
    :param str reference: name of a many2one field; ``names`` are fields behind it
    :rtype: list[tuple]
    """
    field = records._fields[reference]
    other, alias = field.join(records, records._table, query)
    columns = [records._field_to_sql(records._table, name, query)]
    columns += [other._field_to_sql(alias, column, query) for column in names]
    return records.env.execute_query(query.select(*columns))


def _day_limits(first, last, zone):
    """Return when days begin and end on the clock of a zone, UTC without zone."""
    return tuple(
        datetime.combine(day, time.min, zone).astimezone(UTC).replace(tzinfo=None)
        for day in (first, last + timedelta(days=1))
    )
