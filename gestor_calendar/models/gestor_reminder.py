from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib import wall_clock

#: how long dismissed reminders are kept; alarms of meetings are told apart by them
KEPT_DAYS = 60
#: the panel shows so many at once
MANY = 200
DAY = timedelta(days=1)


class GestorReminder(models.Model):
    """A person is reminded of something in the calendar."""

    _name = "gestor.reminder"
    _description = "Reminder"
    _order = "remind_at, id"

    user_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    res_model = fields.Char("Model", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    is_relative = fields.Boolean(
        "Before The Beginning", help="It follows when the thing moves."
    )
    minutes_before = fields.Integer()
    remind_at = fields.Datetime("Remind On", required=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("dismissed", "Dismissed")],
        default="waiting",
        required=True,
    )
    alarm_id = fields.Many2one(
        "calendar.alarm",
        ondelete="cascade",
        index="btree_not_null",
        help="The reminder of a meeting that it comes from.",
    )
    record_name = fields.Char("What", compute="_compute_record_name")
    model_label = fields.Char("Kind", compute="_compute_record_name")
    is_due = fields.Boolean(compute="_compute_is_due")

    _record_idx = models.Index("(res_model, res_id)")
    _due_idx = models.Index("(user_id, remind_at) WHERE state = 'waiting'")
    _alarm_uniq = models.UniqueIndex(
        "(user_id, res_model, res_id, alarm_id) WHERE alarm_id IS NOT NULL"
    )
    _minutes_positive = models.Constraint(
        "CHECK(minutes_before >= 0)", "A reminder cannot come after the beginning."
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "lang")
    def _compute_record_name(self):
        self.record_name = self.model_label = False
        for model, reminders in self.grouped("res_model").items():
            if model not in self.env:
                continue
            records = self.env[model].browse(set(reminders.mapped("res_id"))).exists()
            # what may not be read any more has no name
            names = {
                item["id"]: self.env["gestor.calendar"]._mask(item)["title"]
                for item in records._filtered_access(
                    "read"
                )._prepare_gestor_calendar_items()
            }
            reminders.model_label = self.env["ir.model"]._get(model).name
            for reminder in reminders:
                reminder.record_name = names.get(reminder.res_id, False)

    @api.depends("remind_at", "state")
    def _compute_is_due(self):
        now = fields.Datetime.now()
        for reminder in self:
            reminder.is_due = reminder.state == "waiting" and reminder.remind_at <= now

    @api.model_create_multi
    def create(self, vals_list):
        reminders = super().create(vals_list)
        implementers = self.env["gestor.calendar.mixin"]._gestor_implementers()
        for model, group in reminders.grouped("res_model").items():
            if model not in implementers:
                raise UserError(self.env._("This does not stand in the calendar."))
            # one is reminded only of what one may read
            self.env[model].browse(group.mapped("res_id")).check_access("read")
        return reminders

    # === What the web client asks for ===

    @api.model
    def get_due(self):
        """Return the reminders of the user that are due, and when to ask again.

        Alarms of meetings become reminders here, so that they can be snoozed.

        :return: ``due``: dictionaries with ``id``, ``model``, ``res_id``, ``title``,
            ``start`` (UTC), ``all_day``, ``icon`` and ``remind_at``; ``next_at``: when
            the next one is due, within a day, or False
        :rtype: dict
        """
        now = fields.Datetime.now()
        next_alarm = self._take_alarms(now)
        mine = Domain("user_id", "=", self.env.uid) & Domain("state", "=", "waiting")
        due = self.search(mine & Domain("remind_at", "<=", now), limit=MANY)
        coming = self.search(
            mine & Domain("remind_at", ">", now) & Domain("remind_at", "<", now + DAY),
            limit=1,
        )
        moments = [moment for moment in (next_alarm, coming.remind_at) if moment]
        return {
            "due": due._prepare_due(),
            "next_at": bool(moments) and fields.Datetime.to_string(min(moments)),
        }

    def action_snooze(self, minutes):
        """Be reminded again in some minutes."""
        if not 0 < int(minutes) <= 525600:
            raise UserError(self.env._("Snooze for a minute up to a year."))
        self._snooze(fields.Datetime.now() + timedelta(minutes=int(minutes)))

    def action_snooze_until(self, moment):
        """Be reminded again at a moment.

        :param str moment: UTC, in the future
        """
        moment = fields.Datetime.to_datetime(moment)
        if not moment or moment <= fields.Datetime.now():
            raise UserError(self.env._("The time of the reminder has passed."))
        self._snooze(moment)

    def action_dismiss(self):
        """Be reminded no more."""
        self.write({"state": "dismissed"})
        self._notify()

    def action_open(self):
        """Open what the reminder is about."""
        self.ensure_one()
        record = self.env["gestor.calendar"]._get_record(self.res_model, self.res_id)
        return record.get_formview_action()

    @api.model
    def remind(self, model, record_id, minutes_before=None, moment=None):
        """Remind the user of one thing, before its beginning or at a moment.

        :param str model: of the thing
        :param int record_id: of the thing
        :param int minutes_before: before it begins
        :param str moment: UTC, instead
        """
        record = self.env["gestor.calendar"]._get_record(model, record_id)
        if moment:
            moment = fields.Datetime.to_datetime(moment)
            if moment <= fields.Datetime.now():
                raise UserError(self.env._("The time of the reminder has passed."))
            self.create(
                {"res_model": model, "res_id": record.id, "remind_at": moment}
            )._notify()
        elif not self._remind(record, self.env.user, int(minutes_before or 0)):
            raise UserError(
                self.env._("You have this reminder already, or there is no time set.")
            )

    # === For the things that are reminded of ===

    @api.model
    def _get_of(self, records):
        """Return the reminders of everybody about some records."""
        # sudo: those of others follow too
        return self.sudo().search(
            Domain("res_model", "=", records._name)
            & Domain("res_id", "in", records.ids)
        )

    @api.model
    def _remind(self, records, users, minutes_before):
        """See :meth:`gestor.calendar.mixin._gestor_calendar_remind`."""
        # sudo: a reminder for whoever does the work; the rights to it are looked at
        # when it is shown
        known = {
            (reminder.user_id.id, reminder.res_id)
            for reminder in self._get_of(records)
            if reminder.is_relative and reminder.minutes_before == minutes_before
        }
        starts = self._get_starts(records)
        # sudo: reminders of colleagues whom the thing concerns too
        reminders = self.sudo().create(
            [
                {
                    "user_id": user.id,
                    "res_model": records._name,
                    "res_id": record_id,
                    "is_relative": True,
                    "minutes_before": minutes_before,
                    "remind_at": start - timedelta(minutes=minutes_before),
                }
                for record_id, start in starts.items()
                for user in users
                if (user.id, record_id) not in known
            ]
        )
        reminders._notify()
        return reminders

    def _follow(self):
        """Go where the things went; what moved into the future reminds again."""
        now = fields.Datetime.now()
        relative = self.filtered("is_relative")
        for model, reminders in relative.grouped("res_model").items():
            # sudo: the times of things, for the reminders of others
            records = self.env[model].sudo().browse(set(reminders.mapped("res_id")))
            starts = self._get_starts(records.exists())
            for reminder in reminders:
                start = starts.get(reminder.res_id)
                if not start:
                    continue
                moment = start - timedelta(minutes=reminder.minutes_before)
                if moment != reminder.remind_at:
                    vals = {"remind_at": moment}
                    if moment > now:
                        vals["state"] = "waiting"
                    reminder.write(vals)
        relative._notify()

    @api.model
    def _get_starts(self, records):
        """Return ``{id: beginning}``, UTC; whole days begin at midnight of the user."""
        starts, zone = {}, wall_clock.get_zone(self.env.tz)
        for item in records._prepare_gestor_calendar_items():
            start = item["start"]
            if item["all_day"]:
                start = wall_clock.to_moment(start, zone)
            starts[item["id"]] = start
        return starts

    # === Helpers ===

    def _snooze(self, moment):
        self.write({"remind_at": moment, "state": "waiting"})
        self._notify()

    def _notify(self):
        """Let the open web clients of the people look again, after the commit."""
        for user in self.user_id:
            user._bus_send("gestor.reminder", {})

    def _prepare_due(self):
        """Return what the panel shows; what is done or not readable is left out."""
        rows = {}
        for model, reminders in self.grouped("res_model").items():
            if model not in self.env:
                continue
            records = self.env[model].browse(set(reminders.mapped("res_id"))).exists()
            records = records._filtered_access("read")
            items = records._prepare_gestor_calendar_items()
            open_items = {
                item["id"]: self.env["gestor.calendar"]._mask(item)
                for item in items
                if item["state"] == "open"
            }
            for reminder in reminders:
                item = open_items.get(reminder.res_id)
                if item:
                    rows[reminder.id] = reminder._prepare_due_row(item)
        return [rows[reminder.id] for reminder in self if reminder.id in rows]

    def _prepare_due_row(self, item):
        return {
            "id": self.id,
            "model": self.res_model,
            "res_id": self.res_id,
            "title": item["title"],
            "icon": item["icon"],
            "all_day": item["all_day"],
            "start": fields.Datetime.to_string(item["start"]),
            "remind_at": fields.Datetime.to_string(self.remind_at),
        }

    @api.model
    def _take_alarms(self, now):
        """Make reminders of the user's alarms of meetings that are due.

        :return: when the next alarm is due, or None
        """
        alarms = self.env["calendar.alarm_manager"].get_next_notif()
        moments = {
            (alarm["event_id"], alarm["alarm_id"]): fields.Datetime.to_datetime(
                alarm["notify_at"]
            )
            for alarm in alarms
        }
        due = {key: moment for key, moment in moments.items() if moment <= now}
        known = {
            (reminder.res_id, reminder.alarm_id.id)
            for reminder in self.search(
                Domain("user_id", "=", self.env.uid)
                & Domain("res_model", "=", "calendar.event")
                & Domain("alarm_id", "in", [alarm_id for _event, alarm_id in due])
            )
        }
        self.create(
            [
                {
                    "res_model": "calendar.event",
                    "res_id": event_id,
                    "alarm_id": alarm_id,
                    "is_relative": True,
                    "minutes_before": self.env["calendar.alarm"]
                    .browse(alarm_id)
                    .duration_minutes,
                    "remind_at": moment,
                }
                for (event_id, alarm_id), moment in due.items()
                if (event_id, alarm_id) not in known
            ]
        )
        return min(
            (moment for moment in moments.values() if moment > now), default=None
        )

    @api.autovacuum
    def _gc_reminders(self):
        """Forget what was dismissed long ago."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search(
            Domain("state", "=", "dismissed") & Domain("remind_at", "<", limit),
            limit=10_000,
        )
        old.unlink()
        return len(old), int(len(old) == 10_000)
