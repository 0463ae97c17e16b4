from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gestor_automation.lib.recurrence import wall_clock
from odoo.addons.gestor_automation.models.gestor_recurrence_mixin import WEEKDAYS

TIMES = ("planned_start_at", "planned_stop_at")
PEOPLE = ("executor_ids", "client_ids", "partner_id")
OPEN = ("planned", "in_progress")


class GestorActivity(models.Model):
    """An activity may be an occurrence of a series."""

    _inherit = "gestor.activity"

    series_id = fields.Many2one(
        "gestor.activity.series",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    series_day = fields.Date(
        string="Date in the series",
        readonly=True,
        copy=False,
        help="The day on which the series wants it, whenever it takes place.",
    )
    is_series_exception = fields.Boolean(
        string="Changed by hand",
        readonly=True,
        copy=False,
        help="Changes of the whole series leave it alone.",
    )
    # says what one save is about, like the host's own field on meetings
    series_scope = fields.Selection(
        [
            ("one", "This activity"),
            ("following", "This and the following ones"),
            ("all", "All of the series"),
        ],
        string="Changes are for",
        store=False,
        copy=False,
        default="one",
    )

    _series_day_uniq = models.UniqueIndex(
        "(series_id, series_day) WHERE series_id IS NOT NULL",
        "The series has an occurrence on this day already.",
    )

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {name: vals[name] for name in vals if name != "series_scope"}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        scope = vals.get("series_scope") or "one"
        vals = {name: vals[name] for name in vals if name != "series_scope"}
        changed = self._get_series_changed(vals)
        result = super().write(vals)
        if changed and scope == "one":
            changed.is_series_exception = True
        elif changed:
            changed._apply_to_series(scope, vals)
        return result

    def unlink(self):
        """Remember that the days of deleted occurrences are skipped."""
        days = [
            (activity.series_id, activity.series_day)
            for activity in self
            if activity.series_id
        ]
        # sudo: who may delete an occurrence may have its day skipped
        known = {series: series.sudo()._get_skipped_days() for series, _day in days}
        skips = [
            {"series_id": series.id, "day": day}
            for series, day in days
            if day not in known[series]
        ]
        result = super().unlink()
        if skips:
            # sudo: the same
            self.env["gestor.activity.series.skip"].sudo().create(skips)
        return result

    def _get_series_changed(self, vals):
        """Return the occurrences that these values make different from the series."""
        if "is_series_exception" in vals:
            return self.browse()
        series = self.env["gestor.activity.series"]
        names = {*series._gestor_same_fields(), *TIMES, *PEOPLE}
        if names.isdisjoint(vals):
            return self.browse()
        return self.filtered("series_id")

    # === Actions ===

    def action_series_repeat(self):
        """Open the dialog in which the activity becomes a series."""
        self.ensure_one()
        self._check_open()
        if self.series_id:
            return self.action_series_open()
        if not self.planned_start_at or self.kind == "note":
            raise UserError(self.env._("Say first when it is planned."))
        defaults = self._prepare_series_defaults()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Repeat"),
            "res_model": "gestor.activity.series",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
            "context": {f"default_{name}": defaults[name] for name in defaults},
        }

    def action_series_open(self):
        """Open the series of the activity."""
        self.ensure_one()
        return self.series_id.get_formview_action()

    def action_series_cancel_following(self):
        """Cancel the activity and all that follow it in the series."""
        for activity in self.filtered("series_id"):
            activity.series_id._cancel_from(activity.series_day)
        return self._leave_series()

    def action_series_cancel_all(self):
        """Cancel all that is still open in the series, and end it."""
        self.series_id.action_end()
        return self._leave_series()

    def _leave_series(self):
        """Return where to go if the activity itself is no more."""
        if self.exists():
            return True
        return self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activity_series.gestor_activity_series_action"
        )

    # === From an activity to its series ===

    def _get_series_local_day(self, series):
        start = self.planned_start_at.replace(tzinfo=UTC)
        return start.astimezone(series._get_zone()).date()

    def _prepare_series_defaults(self):
        """Return the values of a series that repeats the activity every week."""
        series = self.env["gestor.activity.series"]
        zone = ZoneInfo(series._default_timezone())
        day = self.planned_start_at.replace(tzinfo=UTC).astimezone(zone).date()
        return {
            **self._prepare_series_vals(series._gestor_same_fields()),
            "source_activity_id": self.id,
            "cycle_start_at": self.planned_start_at,
            "duration_hours": self._get_series_hours(zone),
            "executor_user_ids": self.executor_ids.user_id.ids,
            "client_ids": self.client_ids._prepare_client_commands(),
            WEEKDAYS[day.weekday()]: True,
            "cycle_day": day.day,
            "cycle_month": str(day.month),
            "cycle_weekday": str(day.weekday()),
            "cycle_nth": (day.day - 1) // 7 + 1,
        }

    def _prepare_series_vals(self, names):
        """Return the values of the series for fields that the activity has too."""
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in names
        }

    def _get_series_hours(self, zone):
        """Return how long the activity lasts on the clock of a time zone."""
        start, stop = (
            self[name].replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
            for name in TIMES
        )
        return (stop - start) / timedelta(hours=1)

    def _apply_to_series(self, scope, vals):
        """Do to the others what a save did to this occurrence.

        :param str scope: "following" or "all"
        :param dict vals: what was written
        """
        self.ensure_one()
        series = self.series_id
        if scope == "following":
            series = series._split(self.series_day)
        series_vals = self._prepare_series_vals(
            set(series._gestor_same_fields()).intersection(vals)
        )
        if "executor_ids" in vals or "user_id" in vals:
            users = self.executor_ids.user_id
            series_vals["executor_user_ids"] = [Command.set(users.ids)]
        if "client_ids" in vals or "partner_id" in vals:
            clients = self.client_ids._prepare_client_commands()
            series_vals["client_ids"] = [Command.clear(), *clients]
        if not set(TIMES).isdisjoint(vals):
            series_vals |= self._prepare_series_times(series)
        self.is_series_exception = False
        series.write(series_vals)

    def _prepare_series_times(self, series):
        """Return the rule that follows the new times of this occurrence."""
        zone = series._get_zone()
        start = self.planned_start_at.replace(tzinfo=UTC).astimezone(zone)
        shift = start.date() - self.series_day
        first = series._get_local_start().date() + shift
        moment = wall_clock(first, start.time(), zone).astimezone(UTC)
        vals = {
            "cycle_start_at": moment.replace(tzinfo=None),
            "duration_hours": self._get_series_hours(zone),
        }
        if not shift:
            return vals
        if series.cycle_frequency == "weekly":
            days = [series[name] for name in WEEKDAYS]
            vals |= {
                name: days[(number - shift.days) % 7]
                for number, name in enumerate(WEEKDAYS)
            }
        elif series.cycle_frequency in ("monthly", "yearly"):
            if series.cycle_pattern != "day":
                raise UserError(
                    self.env._(
                        "The series says by a rule on which day it takes place. Change "
                        "the rule in the series, or only this activity."
                    )
                )
            vals |= {
                "cycle_day": start.day,
                "cycle_month": str(start.month),
            }
        return vals

    # === What the series does to its occurrences ===

    def _gestor_series_reschedule(self, plan):
        """Move occurrences, each to times of its own, with few queries.

        ``write`` takes the same values for all and would run for each of them, with its
        messages; nobody is told of each single one here.

        :param dict plan: values by activity
        """
        plan = {
            activity: vals
            for activity, vals in plan.items()
            if any(activity[name] != vals[name] for name in (*TIMES, "series_day"))
        }
        if not plan:
            return
        names = [*TIMES, "series_day"]
        moved = self.browse([activity.id for activity in plan])
        moved.check_access("write")
        moved.flush_recordset()
        moved._write_multi(
            [{name: vals[name] for name in names} for vals in plan.values()]
        )
        moved.invalidate_recordset(names, flush=False)
        moved.modified(names)
        moved._gestor_series_moved()

    def _gestor_series_moved(self):
        """Called once after a series moved its occurrences, with all of them.

        Extension point: let follow what hangs on the times of an activity, in batches.
        """
        self._move_series_events()
        self._move_series_todos()

    def _move_series_events(self):
        """Let the meetings in the calendar follow."""
        # sudo: the meeting is kept by the activity, whoever organises it
        events = self.event_id.sudo()
        if not events:
            return
        names = ["start", "stop", "duration"]
        times = {activity.event_id.id: activity for activity in self}
        # other calendars are told at their next synchronisation
        marks = [
            name for name in ("need_sync", "need_sync_m") if name in events._fields
        ]
        events.flush_recordset()
        events._write_multi(
            [
                {
                    "start": times[event.id].planned_start_at,
                    "stop": times[event.id].planned_stop_at,
                    "duration": event._get_duration(
                        times[event.id].planned_start_at,
                        times[event.id].planned_stop_at,
                    ),
                    **dict.fromkeys(marks, True),
                }
                for event in events
            ]
        )
        events.invalidate_recordset([*names, *marks], flush=False)
        events.modified(["start", "stop"])
        events.with_context(dont_notify=False)._setup_alarms()

    def _move_series_todos(self):
        """Let the things to do of the executors follow."""
        # sudo: the to-do belongs to the executor, not to who moves the series
        rows = self.executor_ids.sudo().filtered("mail_activity_id")
        todos = rows.mail_activity_id
        if not todos:
            return
        days = {
            row.mail_activity_id.id: fields.Datetime.context_timestamp(
                row, row.activity_id.planned_stop_at
            ).date()
            for row in rows
        }
        todos.flush_recordset()
        todos._write_multi([{"date_deadline": days[todo.id]} for todo in todos])
        todos.invalidate_recordset(["date_deadline"], flush=False)
        todos.modified(["date_deadline"])

    def _gestor_series_drop(self):
        """Delete occurrences that nobody touched; their days are not skipped."""
        self.write({"series_id": False, "is_series_exception": False})
        self.unlink()
