from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gestor_activities.const import CLOSED, OPEN


class GestorActivity(models.Model):
    _inherit = "gestor.activity"

    time_ids = fields.One2many(
        "gestor.activity.time", "activity_id", string="Time entries"
    )
    spent_hours = fields.Float(string="Time spent", compute="_compute_spent_hours")
    clock_state = fields.Selection(
        [("running", "Running"), ("paused", "Paused")],
        string="My clock",
        compute="_compute_clock_state",
    )

    @api.depends("time_ids.hours", "time_ids.state")
    def _compute_spent_hours(self):
        # sudo: who may read an activity may know how long it took
        entries = self.env["gestor.activity.time"].sudo()
        totals = dict.fromkeys(self.ids, 0.0)
        hours = entries._gestor_hours_by_activity(self._origin)
        for (activity_id, _user), spent in hours.items():
            totals[activity_id] += spent
        for activity in self:
            activity.spent_hours = totals.get(activity._origin.id, 0.0)

    @api.depends("time_ids.state")
    @api.depends_context("uid")
    def _compute_clock_state(self):
        entry = self.env["gestor.activity.time"]._get_own_clock()
        for activity in self:
            is_it = activity._origin == entry.activity_id
            activity.clock_state = entry.state if entry and is_it else False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_timed(self):
        domain = [("activity_id", "in", self.ids)]
        # sudo: entries of other people keep an activity, too
        entry = self.env["gestor.activity.time"].sudo().search(domain, limit=1)
        if entry:
            raise UserError(
                self.env._(
                    "Time was registered on %(activity)s. Cancel it instead of "
                    "deleting it.",
                    activity=entry.activity_id.name,
                )
            )

    # === Actions ===

    def action_clock_start(self):
        """Start the clock of the current user on this activity."""
        self.ensure_one()
        self.env["gestor.activity.time"]._start_clock(self)

    def action_clock_pause(self):
        """Pause the clock of the current user if it runs on one of these."""
        self._get_my_clock("running")._stop("paused")

    def action_clock_stop(self):
        """Stop the clock of the current user if it is on one of these."""
        self._get_my_clock("running", "paused")._stop("closed")

    def action_view_time(self):
        """Open the time entries of these activities."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activity_time.gestor_activity_time_action"
        )
        action["domain"] = [("activity_id", "in", self.ids)]
        action["context"] = (
            {"default_activity_id": self.id} if len(self) == 1 else {"create": False}
        )
        return action

    # === Hooks and helpers ===

    def _gestor_state_changed(self):
        result = super()._gestor_state_changed()
        closed = self.filtered(lambda activity: activity.state in CLOSED)
        if closed:
            domain = Domain("activity_id", "in", closed.ids)
            domain &= Domain("state", "!=", "closed")
            # sudo: the clocks of all who worked on what is finished
            self.env["gestor.activity.time"].sudo().search(domain)._stop("closed")
            closed._gestor_time_changed()
        return result

    def _is_due_for_clock(self):
        """Return whether the current user works on it, today or already."""
        self.ensure_one()
        user, start = self.env.user, self.planned_start_at
        if self.state not in OPEN or user not in self.user_id | self.executor_user_ids:
            return False
        if self.state == "in_progress" or not start:
            return True
        today = fields.Date.context_today(self)
        return fields.Datetime.context_timestamp(self, start).date() <= today

    def _get_my_clock(self, *states):
        entry = self.env["gestor.activity.time"]._get_own_clock()
        return entry.filtered(lambda e: e.state in states and e.activity_id in self)

    def _gestor_time_changed(self):
        """Let the real times of these activities follow what was worked on them.

        Whoever works on a planned activity begins it.
        """
        # sudo: entries of all people say when an activity was carried out
        groups = (
            self.env["gestor.activity.time"]
            .sudo()
            ._read_group(
                [("activity_id", "in", self.ids)],
                ["activity_id"],
                ["start_at:min", "stop_at:max"],
            )
        )
        for activity, start, stop in groups:
            activity = activity.with_env(self.env)
            if activity.state == "planned" and activity.has_access("write"):
                activity._gestor_start()
            # sudo: also participants, who may not write the activity, work on it
            activity = activity.sudo()
            vals = {}
            if activity.state != "planned" and activity.real_start_at != start:
                vals["real_start_at"] = start
            if activity.state in ("done", "failed") and stop:
                vals["real_stop_at"] = stop
            if vals:
                activity._store_state(vals)
