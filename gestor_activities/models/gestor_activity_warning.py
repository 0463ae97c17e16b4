from collections import defaultdict
from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain

from ..const import CLOSED, OPEN

#: what lasts longer goes over nights and weekends anyway
LONGEST_SITTING_HOURS = 12


class GestorActivityWarningMixin(models.AbstractModel):
    """What to say to who plans an activity; nothing is forbidden."""

    _name = "gestor.activity.warning.mixin"
    _description = "Warnings About The Time Of An Activity"

    planning_warning = fields.Text(string="Mind", compute="_compute_planning_warning")

    @api.depends(
        "planned_start_at",
        "planned_stop_at",
        "is_all_day",
        "state",
        "user_id",
        "executor_ids.user_id",
        "client_ids.partner_id",
        "partner_id",
    )
    @api.depends_context("lang", "uid")
    def _compute_planning_warning(self):
        warnings = self._gestor_planning_warnings()
        for activity in self:
            activity.planning_warning = "\n".join(warnings.get(activity.id, []))

    def _gestor_planning_warnings(self):
        """Return what to mind about the planned times of these activities.

        The number of queries does not depend on the number of activities. Override it
        and add to what ``super()`` returns.

        :return: ``{activity id: sentences in the user's language}``; without what needs
            no warning
        :rtype: dict[int, list[str]]
        """
        planned = self.filtered(
            lambda activity: (
                activity.state not in CLOSED
                and activity.planned_start_at
                and activity.planned_stop_at
            )
        )
        warnings = defaultdict(list)
        if planned:
            planned._warn_of_working_hours(warnings)
            planned._warn_of_overlaps(warnings)
            planned._warn_of_contact_hours(warnings)
        return dict(warnings)

    def _get_working_users(self):
        """Return who must have the time for an activity."""
        self.ensure_one()
        rows = self.executor_ids.filtered(lambda row: row.state != "refused")
        return (rows.user_id or self.user_id)._origin

    def _warn_of_working_hours(self, warnings):
        """Warn of executors who do not work at the time, by their calendars."""
        sittings = defaultdict(list)
        # sudo: working hours are no secret of those who work then
        for activity in self.sudo():
            length = activity.planned_stop_at - activity.planned_start_at
            hours = length.total_seconds() / 3600
            if activity.is_all_day or hours > LONGEST_SITTING_HOURS:
                continue
            for user in activity._get_working_users():
                company = activity.company_id
                calendar = user.resource_calendar_id or company.resource_calendar_id
                if calendar and not calendar.flexible_hours:
                    sittings[calendar].append((activity, user))
        for calendar, pairs in sittings.items():
            start = min(activity.planned_start_at for activity, _user in pairs)
            stop = max(activity.planned_stop_at for activity, _user in pairs)
            intervals = calendar._work_intervals_batch(
                start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC)
            )[False]
            spans = [(begin, end) for begin, end, _meta in intervals]
            for activity, user in pairs:
                if not _covers(
                    spans,
                    activity.planned_start_at.replace(tzinfo=UTC),
                    activity.planned_stop_at.replace(tzinfo=UTC),
                ):
                    warnings[activity.id].append(
                        self.env._(
                            "Outside the working hours of: %(user)s.", user=user.name
                        )
                    )

    def _warn_of_overlaps(self, warnings):
        """Warn of executors who have something else to do then."""
        users_of = {activity: activity._get_working_users() for activity in self}
        users = self.env["res.users"].union(*users_of.values())
        # sudo: that somebody is busy is told to all; with what, only to some
        rows = self.env["gestor.activity.executor"].sudo()
        found = rows.search_fetch(
            Domain("user_id", "in", users.ids)
            & Domain("state", "in", ("waiting", "in_progress"))
            & Domain("activity_id.state", "in", OPEN)
            & Domain("activity_id.is_all_day", "=", False)
            & Domain(
                "activity_id.planned_start_at",
                "<",
                max(activity.planned_stop_at for activity in self),
            )
            & Domain(
                "activity_id.planned_stop_at",
                ">",
                min(activity.planned_start_at for activity in self),
            ),
            ["activity_id", "user_id"],
        )
        rows_of = found.grouped("user_id")
        others = found.activity_id.with_env(self.env)
        readable = set(others._filtered_access("read")._ids)
        for activity, of_activity in users_of.items():
            for user in of_activity:
                # sudo: the rows were read by the server
                for row in rows_of.get(user.sudo(), ()):
                    other = row.activity_id
                    if (
                        other.id != activity._origin.id
                        and other.planned_start_at < activity.planned_stop_at
                        and other.planned_stop_at > activity.planned_start_at
                    ):
                        warnings[activity.id].append(
                            self._get_overlap_warning(user, other, readable)
                        )

    def _get_overlap_warning(self, user, other, readable):
        # sudo: the name of a colleague is no secret
        name = user.sudo().name
        if other.id not in readable:
            return self.env._("Busy then: %(user)s.", user=name)
        return self.env._(
            "Busy then: %(user)s, %(activity)s.",
            user=name,
            activity=other.display_name,
        )

    def _warn_of_contact_hours(self, warnings):
        """Warn of clients who are not to be contacted then."""
        # a form that is not saved yet has the client and no row of it
        clients = (self.client_ids.partner_id | self.partner_id)._origin
        clients = clients._filtered_access("read")
        for activity in self:
            partners = (activity.client_ids.partner_id | activity.partner_id)._origin
            partners &= clients
            at = activity.planned_start_at
            if activity.is_all_day:
                at = activity._get_planned_days()[0]
            partners = partners.with_prefetch(clients._prefetch_ids)
            if sentence := partners._gestor_contact_warning(at):
                warnings[activity.id].append(sentence)


def _covers(spans, start, stop):
    """Return whether adjoining spans hold a whole period; spans are sorted."""
    for begin, end in spans:
        if begin <= start < end:
            if stop <= end:
                return True
            start = end
    return False
