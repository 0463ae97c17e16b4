from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import clean_context

from odoo.addons.gestor_calendar.lib import wall_clock

from ..const import OPEN

#: what the meeting in the host's calendar is made of
EVENT_FIELDS = frozenset(
    (
        *("name", "type_id", "planned_start_at", "planned_stop_at", "is_all_day"),
        *("user_id", "is_private", "location", "videocall_url", "description"),
        *("is_client_invited", "client_ids", "partner_id"),
    )
)
#: what the host's to-dos of the executors are made of
TODO_FIELDS = frozenset(("name", "planned_stop_at", "planned_start_at", "is_all_day"))
TODO_TYPES = {
    "meeting": "mail.mail_activity_data_meeting",
    "phone": "mail.mail_activity_data_call",
    "internet_call": "mail.mail_activity_data_call",
    "email": "mail.mail_activity_data_email",
}


class GestorActivityEventMixin(models.AbstractModel):
    """Keeps the host's calendar and the host's to-dos in step with activities.

    A timed activity has one meeting; each executor who is not done has one to-do.
    Only differences are written, so a change that came from the meeting ends there.
    """

    _name = "gestor.activity.event.mixin"
    _description = "Meeting And To-dos Of An Activity"

    event_id = fields.Many2one(
        "calendar.event",
        string="Meeting in the calendar",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    is_client_invited = fields.Boolean(
        string="Clients attend",
        help="The clients are attendees of the meeting in the calendar, and get what "
        "the calendar sends when you share it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # the host's followers are not there before its own create is through, so the
        # to-dos of the first executors have to wait for it
        fresh = self.with_context(gestor_activities_is_new=True)
        activities = super(GestorActivityEventMixin, fresh).create(vals_list)
        activities = activities.with_env(self.env)
        activities._gestor_sync_events()
        activities._gestor_sync_todos()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not EVENT_FIELDS.isdisjoint(vals):
            self._gestor_sync_events()
        if not TODO_FIELDS.isdisjoint(vals):
            self._gestor_sync_todos()
        return result

    def unlink(self):
        # sudo: the meeting and the to-dos are nothing without the activity
        activities = self.sudo()
        events = activities.event_id.with_prefetch()
        activities.executor_ids.mail_activity_id.unlink()
        result = super().unlink()
        if events:
            events._gestor_silent().unlink()
        return result

    # === Meetings ===

    def _gestor_sync_events(self):
        """Make, change and remove the meetings of these activities, in batches.

        Nobody is mailed: executors have their to-dos, and clients are invited by hand.
        """
        # sudo: the meeting is part of the activity, whoever organizes it
        # defaults for activities are none for meetings and to-dos
        # pylint: disable-next=context-overridden
        activities = self.sudo().with_context(clean_context(self.env.context))
        kept = activities.filtered(lambda activity: activity._has_event())
        over = (activities - kept).filtered("event_id")
        dropped = over.event_id.with_prefetch()
        over.event_id = False
        dropped._gestor_silent().unlink()
        missing = kept.filtered(lambda activity: not activity.event_id)
        (kept - missing)._gestor_update_events()
        events = dropped._gestor_silent().create(
            [activity._prepare_new_event_vals() for activity in missing]
        )
        reference = activities._fields["event_id"]
        for activity, event in zip(missing, events, strict=True):
            # only this reference: nothing else follows from it
            reference.write(activity, event.id)

    def _has_event(self):
        """Return whether the activity is kept in the host's calendar."""
        self.ensure_one()
        return self.is_timed and self.state != "cancelled" and self.planned_start_at

    def _gestor_update_events(self):
        """Write into the meetings what differs from their activities.

        Meetings with equal differences are written together.
        """
        events_by_change = defaultdict(self.event_id.browse)
        for activity in self:
            if vals := activity._prepare_event_changes():
                events_by_change[tuple(vals.items())] |= activity.event_id
        for items, events in events_by_change.items():
            vals = dict(items)
            if "partner_ids" in vals:
                vals["partner_ids"] = list(vals["partner_ids"])
            events._gestor_silent().write(vals)

    def _prepare_event_changes(self):
        """Return the values of the meeting that differ from the activity.

        :rtype: dict
        """
        self.ensure_one()
        event = self.event_id
        vals = self._prepare_event_vals()
        partner_ids = set(vals.pop("partner_ids")[0][2])
        vals = {
            name: value
            for name, value in vals.items()
            if event._fields[name].convert_to_write(event[name], event)
            != (value or False)
        }
        gone = set(event.partner_ids.ids) - partner_ids
        fresh = partner_ids - set(event.partner_ids.ids)
        # attendees that somebody added in the calendar stay
        gone &= set(self._get_possible_attendees(event).ids)
        commands = [Command.link(partner_id) for partner_id in sorted(fresh)]
        commands += [Command.unlink(partner_id) for partner_id in sorted(gone)]
        # hashable, so that equal changes are found
        return {**vals, "partner_ids": tuple(commands)} if commands else vals

    def _get_possible_attendees(self, event):
        """Return the attendees that an activity may have brought into its meeting."""
        users = event.partner_ids.filtered("user_ids")
        return users | self.client_ids.partner_id | self.client_ids.contact_id

    def _prepare_new_event_vals(self):
        """Return the values of a new meeting, with what the host would add to them."""
        vals = self._prepare_event_vals()
        if "start" in vals:
            duration = self.event_id._get_duration(vals["start"], vals["stop"])
            vals["duration"] = duration
        return vals

    def _prepare_event_vals(self):
        """Return the values of the meeting that an activity keeps.

        :rtype: dict
        """
        self.ensure_one()
        vals = {
            "name": self.name,
            "allday": self.is_all_day,
            "user_id": self.user_id.id,
            "privacy": "private" if self.is_private else False,
            "location": self.location or "",
            "partner_ids": [Command.set(self._get_attendees().ids)],
        }
        if self.description:
            vals["description"] = self.description
        if self.videocall_url:
            vals["videocall_location"] = self.videocall_url
        if self.is_all_day:
            first, last = self._get_planned_days()
            return {**vals, "start_date": first, "stop_date": last}
        return {**vals, "start": self.planned_start_at, "stop": self.planned_stop_at}

    def _get_attendees(self):
        """Return the partners who attend the meeting."""
        self.ensure_one()
        executors = self.executor_ids.filtered(lambda row: row.state != "refused")
        attendees = (executors.user_id or self.user_id).partner_id
        if self.is_client_invited:
            for client in self.client_ids:
                attendees |= client.contact_id or client.partner_id
        return attendees

    def _gestor_event_changed(self, vals):
        """Follow the meetings that were changed in the calendar.

        :param vals: what was written to the meetings
        :raise UserError: if an activity is closed
        """
        for activity in self:
            event = activity.event_id
            if vals.get("active") is False:
                activity._gestor_event_removed()
                continue
            found = activity._prepare_vals_of_event(event)
            changed = {
                name: value for name, value in found.items() if activity[name] != value
            }
            if changed:
                activity.write(changed)

    def _gestor_event_removed(self):
        """Cancel open activities whose meeting was deleted in the calendar."""
        # sudo: only the reference to a meeting that is going away
        self.sudo().event_id = False
        if still_open := self.filtered(lambda activity: activity.state in OPEN):
            still_open._gestor_finish("cancelled")

    def _prepare_vals_of_event(self, event):
        """Return what an activity takes over from its meeting."""
        vals = {"is_all_day": event.allday, "name": event.name}
        if not event.allday:
            return {
                **vals,
                "planned_start_at": event.start,
                "planned_stop_at": event.stop,
            }
        first, last = event.start_date, event.stop_date or event.start_date
        if self.is_all_day and self._get_planned_days() == (first, last):
            return vals
        start, stop = self._get_day_limits(first, last)
        return {**vals, "planned_start_at": start, "planned_stop_at": stop}

    # === Days ===

    def _get_timezone(self):
        """Return the time zone in which the days of the activity are counted."""
        # sudo: a time zone is no secret
        return wall_clock.get_zone(self.sudo().user_id.tz, self.env.user.tz)

    def _get_planned_days(self):
        """Return the first and the last day, where the responsible person is."""
        self.ensure_one()
        zone = self._get_timezone()
        start, stop = self.planned_start_at, self.planned_stop_at
        last = max(start, stop - timedelta(seconds=1))
        return tuple(wall_clock.get_day(moment, zone) for moment in (start, last))

    def _get_day_limits(self, first, last):
        """Return when days begin and end, UTC, where the responsible person is."""
        return wall_clock.get_day_limits(first, last, self._get_timezone())

    # === To-dos of the executors ===

    def _gestor_executors_changed(self, executors):
        super()._gestor_executors_changed(executors)
        if self.env.context.get("gestor_activities_is_new"):
            return
        self._gestor_sync_todos()
        self.filtered("event_id")._gestor_sync_events()

    def _gestor_state_changed(self):
        result = super()._gestor_state_changed()
        self._gestor_sync_events()
        self._gestor_sync_todos()
        return result

    def _gestor_sync_todos(self):
        """Give each open executor one to-do of the host, and close the others."""
        # sudo: to-dos belong to the executors, not to who plans their work
        # defaults for activities are none for meetings and to-dos
        # pylint: disable-next=context-overridden
        activities = self.sudo().with_context(clean_context(self.env.context))
        executors = activities.executor_ids
        waiting = executors.filtered(lambda executor: executor._has_todo())
        done = (executors - waiting).filtered("mail_activity_id.active")
        done._gestor_close_todos()
        missing = waiting.filtered(lambda row: not row.mail_activity_id.active)
        model_id = self.env["ir.model"]._get_id("gestor.activity")
        todos = activities.env["mail.activity"].with_context(
            # one new activity is told to its executors; many would be a storm
            mail_activity_quick_update=len(missing.activity_id) > 1
        )
        created = todos.create(
            [{**row._prepare_todo_vals(), "res_model_id": model_id} for row in missing]
        )
        reference = executors._fields["mail_activity_id"]
        for row, todo in zip(missing, created, strict=True):
            # only this reference: no second look at rights and states for each
            reference.write(row, todo.id)
        (waiting - missing)._gestor_update_todos()

    def _get_deadline(self):
        """Return the day by which it must be done."""
        return self._get_planned_days()[1]

    @api.model
    def _get_todo_type_id(self, kind):
        """Return the host's type of the to-dos of a kind of activities."""
        xmlid = TODO_TYPES.get(kind, "mail.mail_activity_data_todo")
        return self.env["ir.model.data"]._xmlid_to_res_id(xmlid)
