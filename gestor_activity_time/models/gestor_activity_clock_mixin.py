from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import mute_logger

from odoo.addons.gestor_activities.const import OPEN
from odoo.addons.gestor_calendar.lib import wall_clock

from ..lib import clock

RECENT_COUNT = 5
RECENT_DAYS = 60
#: a pause that nobody ends is the end of the work
LONGEST_PAUSE = timedelta(hours=12)


class GestorActivityClockMixin(models.AbstractModel):
    """The clock of the current user: one for each, running or paused.

    Every method that moves it returns the clock as :meth:`get_clock` does, so the top
    bar needs one request, and tells the other tabs over the bus.
    """

    _name = "gestor.activity.clock.mixin"
    _description = "Clock Of A User"

    # === Called by the top bar ===

    @api.model
    @api.readonly
    def get_clock(self):
        """Return the clock of the current user and what it may be switched to.

        :return: ``entry`` (``False`` or a dictionary with ``id``, ``activity_id``,
            ``name``, ``client``, ``state`` and ``elapsed``, the seconds worked on the
            activity today), ``recent`` (activities to switch to) and ``idle_minutes``
        :rtype: dict
        """
        entry = self._get_own_clock()
        return {
            **self._prepare_clock(entry),
            "recent": self._get_recent(entry.activity_id),
        }

    @api.model
    def clock_start(self, activity_id):
        """Start the clock on an activity; what was running is stopped.

        :param int activity_id: an open ``gestor.activity`` that the user may read
        """
        self._start_clock(self.env["gestor.activity"].browse(activity_id))
        return self.get_clock()

    @api.model
    def clock_open(self, activity_id):
        """Start the clock on an activity that the user opens, if the user wants it.

        Only on own work that is due, and never in place of a clock started by hand.

        :param int activity_id: a ``gestor.activity``
        """
        activity = self.env["gestor.activity"].browse(activity_id).exists()
        if self.env.user.gestor_is_clock_automatic and activity.has_access("read"):
            entry = self._get_own_clock()
            if entry.is_automatic or not entry:
                if activity.filtered(lambda one: one._is_due_for_clock()):
                    self._start_clock(activity, is_automatic=True)
        return self.get_clock()

    @api.model
    def clock_start_new(self, name):
        """Start the clock on a new task of the current user.

        :param str name: its subject
        """
        name = (name or "").strip()
        if not name:
            raise UserError(self.env._("Say what you are going to do."))
        now = fields.Datetime.now()
        task = self.env.ref("gestor_activities.gestor_activity_type_task", False)
        vals = {"name": name, "planned_start_at": now}
        if task:
            vals["type_id"] = task.id
        self._start_clock(self.env["gestor.activity"].create(vals))
        return self.get_clock()

    @api.model
    def clock_pause(self):
        """Pause the running clock; nothing happens when none runs."""
        self._get_own_clock().filtered(lambda e: e.state == "running")._stop("paused")
        return self.get_clock()

    @api.model
    def clock_resume(self):
        """Go on with what was paused."""
        entry = self._get_own_clock()
        if entry.state == "paused":
            self._start_clock(entry.activity_id)
        return self.get_clock()

    @api.model
    def clock_stop(self):
        """Stop the clock, running or paused."""
        self._get_own_clock()._stop("closed")
        return self.get_clock()

    @api.model
    def clock_leave_out(self, idle_seconds, go_on=True):
        """Leave out the time in which the user was away.

        :param float idle_seconds: how long ago the user was last at work
        :param bool go_on: whether the clock runs on from now, or stays stopped
        """
        entry = self._get_own_clock()
        if entry.state == "running":
            now = fields.Datetime.now()
            entry._stop("closed", clock.cut(entry.start_at, now, idle_seconds))
            if go_on:
                self._start_clock(entry.activity_id)
        return self.get_clock()

    # === What they are made of ===

    @api.model
    def _get_own_clock(self):
        """Return the running or paused entry of the current user, if there is one."""
        # sudo: it is the user's own, whatever became of the rights to its activity
        return self.sudo().search(
            Domain("user_id", "=", self.env.uid) & Domain("state", "!=", "closed")
        )

    @api.model
    def _start_clock(self, activity, *, is_automatic=False):
        """Start the clock of the current user and stop the one that ran.

        Safe in two tabs at once: the database lets a user have one clock, and who
        comes second is repeated by the host and stops the first.

        :param bool is_automatic: whether opening the activity started it
        """
        activity.ensure_one()
        activity.check_access("read")
        activity._check_open()
        current = self._get_own_clock()
        if current.state == "running" and current.activity_id == activity:
            return
        current._stop("closed")
        vals = {
            "activity_id": activity.id,
            "user_id": self.env.uid,
            "start_at": fields.Datetime.now(),
            "state": "running",
            "is_manual": False,
            "is_automatic": is_automatic,
        }
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                # sudo: states are not for users to write; the rights stand above
                entry = self.sudo().create(vals)
        except UniqueViolation as error:
            raise ConcurrencyError("another tab has started a clock") from error
        entry._tell_clock()

    @api.model
    def _prepare_clock(self, entry):
        """Return what the top bar shows without its menu."""
        # sudo: employees may not read the settings of their company
        idle = self.env.company.sudo().gestor_time_idle_minutes
        if not entry:
            return {"entry": False, "idle_minutes": idle}
        return {
            "entry": {
                "id": entry.id,
                "activity_id": entry.activity_id.id,
                **self._prepare_clock_activity(entry.activity_id),
                "state": entry.state,
                "elapsed": self._get_elapsed(entry),
            },
            "idle_minutes": idle,
        }

    @api.model
    def _prepare_clock_activity(self, activity):
        # sudo: only after the rights are checked, for the name of the client
        activity = activity.with_env(self.env)._filtered_access("read").sudo()
        return {
            "name": activity.name or self.env._("Activity"),
            "client": activity.partner_id.display_name or "",
        }

    @api.model
    def _get_elapsed(self, entry):
        """Return the seconds that the user of a clock has worked on it today."""
        zone = wall_clock.get_zone(self.env.user.tz)
        now = fields.Datetime.now()
        today = wall_clock.get_day(now, zone)
        midnight, _next = wall_clock.get_day_limits(today, today, zone)
        domain = (
            Domain("user_id", "=", entry.user_id.id)
            & Domain("activity_id", "=", entry.activity_id.id)
            & Domain("start_at", ">=", midnight)
            & Domain("state", "!=", "running")
        )
        # sudo: as in _get_own_clock
        [(worked,)] = self.sudo()._read_group(domain, [], ["hours:sum"])
        if entry.state == "running":
            worked += clock.hours(entry.start_at, max(now, entry.start_at))
        return round(worked * clock.SECONDS_PER_HOUR)

    @api.model
    def _get_recent(self, current):
        """Return the last open activities of the user but the one that is running."""
        since = fields.Datetime.now() - timedelta(days=RECENT_DAYS)
        groups = self._read_group(
            Domain("user_id", "=", self.env.uid)
            & Domain("start_at", ">=", since)
            & Domain("activity_id", "any", [("state", "in", OPEN)])
            & Domain("activity_id", "not in", current.ids),
            ["activity_id"],
            order="start_at:max desc",
            limit=RECENT_COUNT,
        )
        activities = self.env["gestor.activity"].union(*(row[0] for row in groups))
        return [
            {"activity_id": activity.id, **self._prepare_clock_activity(activity)}
            for activity in activities
        ]

    def _stop(self, state, at=None):
        """Stop these running or paused entries.

        :param str state: paused or closed
        :param datetime at: when; now by default
        """
        at = at or fields.Datetime.now()
        # sudo: states are not for users to write; callers mind the rights
        entries = self.sudo().filtered(lambda entry: entry.state != "closed")
        running = entries.filtered(lambda entry: entry.state == "running")
        for entry in running:
            entry.write({"state": state, "stop_at": max(at, entry.start_at)})
        (entries - running).write({"state": state})
        entries._tell_clock()

    def _tell_clock(self):
        """Send the clocks of the users of these entries to all their tabs."""
        self._tell_clocks_of(self.user_id)

    @api.model
    def _tell_clocks_of(self, users):
        for user in users:
            clocks = self.browse().with_user(user).with_context(lang=user.lang)
            user._bus_send(
                "gestor.activity.time/clock",
                clocks._prepare_clock(clocks._get_own_clock()),
            )

    # === Forgotten clocks ===

    @api.model
    def _cron_stop_forgotten(self):
        """Stop the clocks that nobody stopped at the end of the working day."""
        now = fields.Datetime.now()
        running = self.search([("state", "=", "running")])
        for entry, stop in running._get_forgotten(now).items():
            entry._stop("closed", stop)
            entry._notify_forgotten()
        old = Domain("state", "=", "paused")
        old &= Domain("stop_at", "<", now - LONGEST_PAUSE)
        self.search(old)._stop("closed")

    def _get_forgotten(self, now):
        """Return when forgotten clocks among these should have been stopped.

        :return: ``{entry: moment}``, UTC
        """
        forgotten = {}
        for entry in self:
            company = entry.company_id
            hours = entry.user_id.resource_calendar_id or company.resource_calendar_id
            zone = wall_clock.get_zone(entry.user_id.tz, hours.tz)
            day = wall_clock.get_day(entry.start_at, zone)
            first, last = map(
                wall_clock.to_aware, wall_clock.get_day_limits(day, day, zone)
            )
            work_end = None
            if hours:
                spans = list(hours._work_intervals_batch(first, last)[False])
                work_end = spans[-1][1] if spans else None
            stop = clock.forgotten_stop(
                wall_clock.to_aware(entry.start_at),
                wall_clock.to_aware(now),
                work_end,
                last,
                timedelta(minutes=company.gestor_time_forgotten_minutes),
            )
            if stop:
                forgotten[entry] = wall_clock.to_naive(stop)
        return forgotten

    def _notify_forgotten(self):
        """Tell a user that a clock was stopped and may be put right."""
        self.ensure_one()
        user = self.user_id
        local = self.with_context(lang=user.lang, tz=user.tz)
        stop = fields.Datetime.context_timestamp(local, self.stop_at)
        self.activity_id.message_notify(
            partner_ids=user.partner_id.ids,
            subject=local.env._("Your clock was stopped"),
            body=local.env._(
                "You forgot the clock on %(activity)s. It was stopped at %(time)s, the "
                "end of the working day. If you worked longer, correct the entry in "
                "Activities / Time.",
                activity=self.activity_id.name,
                time=stop.strftime("%H:%M"),
            ),
        )
