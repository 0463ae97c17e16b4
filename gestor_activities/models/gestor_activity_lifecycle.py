from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import CLOSED, OPEN, STATES

MANAGER = "gestor_activities.gestor_activities_group_manager"


class GestorActivityLifecycleMixin(models.AbstractModel):
    """The states of an activity and the moves between them.

    A written ``state`` is a move too: whoever writes it, the times, the executors and
    the calendar follow.
    """

    _name = "gestor.activity.lifecycle.mixin"
    _description = "States Of An Activity"

    state = fields.Selection(
        STATES,
        default="planned",
        required=True,
        group_expand=True,
        index=True,
        tracking=True,
        copy=False,
    )
    real_start_at = fields.Datetime(string="Started on", copy=False)
    real_stop_at = fields.Datetime(string="Finished on", copy=False)
    result_id = fields.Many2one(
        "gestor.activity.result",
        domain="[('kind', 'in', (kind, False)), "
        "('company_id', 'in', (company_id, False))]",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        copy=False,
    )
    result_note = fields.Text(string="Result note", copy=False)

    # === CRUD ===

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        state = vals["state"]
        others = {name: value for name, value in vals.items() if name != "state"}
        moved = self.filtered(lambda activity: activity.state != state)
        # a form that reopens and changes writes both at once
        if state in OPEN:
            moved._gestor_move_to(state)
        if others:
            super().write(others)
        if state in CLOSED:
            moved._gestor_move_to(state)
        return True

    def _store_state(self, vals):
        """Write the outcome of a move, which is not a move itself."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    # === Actions ===

    def action_start(self):
        """Say that the work has begun, now, by the current user."""
        self._check_open()
        self._gestor_start()

    def action_finish(self):
        """Finish one's own part; the activity, if that finishes it.

        Who answers for the activity finishes the whole of it, unless he or she is an
        executor with a part still open and all executors must finish.
        """
        self._check_open()
        self.check_access("write")
        users = self._gestor_represented_users()
        whole = self.browse()
        for activity in self:
            own = activity.executor_ids.filtered(
                lambda executor: executor.user_id in users and executor._is_open()
            )
            if own and activity.finish_rule == "all":
                own.action_done()
            elif own or activity._is_responsible():
                whole |= activity
            else:
                raise UserError(
                    self.env._(
                        "%(activity)s: only its executors, the responsible person and "
                        "managers finish it.",
                        activity=activity.display_name,
                    )
                )
        whole._gestor_finish("done")

    def action_fail(self):
        """Say that the activities were carried out without success."""
        self._gestor_finish("failed", self.result_id[:1] if len(self) == 1 else None)

    def action_cancel(self):
        """Give the activities up."""
        self._gestor_finish("cancelled")

    def action_reopen(self):
        """Take closed activities up again.

        :raise UserError: if one of them is open
        """
        for activity in self:
            if activity.state in OPEN:
                raise UserError(
                    self.env._(
                        "%(activity)s is open already.", activity=activity.display_name
                    )
                )
        self._gestor_reopen()

    # === Moves ===

    def _gestor_move_to(self, state):
        """Go to a state, whichever these activities are in."""
        if state in CLOSED:
            self._gestor_finish(state)
            return
        self.filtered(lambda activity: activity.state in CLOSED)._gestor_reopen()
        if state == "in_progress":
            self._gestor_start()
        else:
            begun = self.filtered(lambda activity: activity.state == "in_progress")
            begun._store_state({"state": "planned", "real_start_at": False})

    def _gestor_start(self):
        """Begin the open ones of these activities that have not begun."""
        self.check_access("write")
        fresh = self.filtered(lambda activity: activity.state == "planned")
        now = fields.Datetime.now()
        unmarked = fresh.filtered(lambda activity: not activity.real_start_at)
        unmarked._store_state({"real_start_at": now})
        fresh._store_state({"state": "in_progress"})
        users = self._gestor_represented_users()
        fresh.executor_ids.filtered(
            lambda executor: executor.user_id in users and executor.state == "waiting"
        )._store({"state": "in_progress"})

    def _gestor_finish(self, state, result=None, note=None):
        """Close these activities, with all their executors.

        :param str state: done, failed or cancelled
        :param result: a ``gestor.activity.result``
        :param str note: about the result
        :raise UserError: if one of them is closed already
        """
        self._check_open()
        self.check_access("write")
        vals = {"state": state}
        if result:
            vals["result_id"] = result.id
        if note:
            vals["result_note"] = note
        if state != "cancelled":
            now = fields.Datetime.now()
            for start, activities in self.grouped("real_start_at").items():
                begun = min(start or now, now)
                activities._store_state({"real_start_at": begun, "real_stop_at": now})
            working = self.executor_ids.filtered(lambda executor: executor._is_open())
            working._store(
                {"state": "done", "progress_percent": 100}
                if state == "done"
                else {"state": "done"}
            )
        self._store_state(vals)
        self._gestor_state_changed()

    def _gestor_reopen(self):
        """Open closed activities; those that had begun are in progress again."""
        self.check_access("write")
        begun = self.filtered("real_start_at")
        begun._store_state({"state": "in_progress", "real_stop_at": False})
        (self - begun)._store_state({"state": "planned", "real_stop_at": False})
        done = self.executor_ids.filtered(lambda executor: executor.state == "done")
        done._store({"state": "waiting", "progress_percent": 0})
        self._gestor_state_changed()

    def _gestor_follow_executors(self):
        """Start and finish activities as their executors did.

        One executor who has begun starts it. The last one, or with the rule "any" the
        first one, who is done finishes it.
        """
        finished = self.browse()
        started = self.browse()
        for activity in self.filtered(lambda activity: activity.state in OPEN):
            states = [
                executor.state
                for executor in activity.executor_ids
                if executor.state != "refused"
            ]
            is_met = any if activity.finish_rule == "any" else all
            if states and is_met(state == "done" for state in states):
                finished |= activity
            elif activity.state == "planned" and {"in_progress", "done"} & set(states):
                started |= activity
        started._gestor_start()
        finished._gestor_finish("done")

    # === Hooks and helpers ===

    def _gestor_state_changed(self):
        """Called once after activities were closed or reopened, with all of them."""

    def _gestor_executors_changed(self, executors):
        """Called once after executors were added to activities, or replaced."""

    def _check_open(self):
        """Refuse what only an open activity allows.

        :raise UserError: naming the first closed one
        """
        closed = self.filtered(lambda activity: activity.state in CLOSED)
        if closed:
            raise UserError(
                self.env._(
                    "%(activity)s is closed. Reopen it to change it.",
                    activity=closed[0].display_name,
                )
            )

    def _is_responsible(self):
        """Return whether the current user answers for the activity."""
        self.ensure_one()
        return (
            self.env.su
            or not self.user_id
            or self.user_id in self._gestor_represented_users()
            or self.env.user.has_group(MANAGER)
        )

    @api.model
    def _prepare_closed_times(self, vals):
        """Return the real times of an activity that is written down afterwards."""
        if vals.get("state") not in ("done", "failed"):
            return {}
        now = fields.Datetime.now()
        start = vals.get("real_start_at") or vals.get("planned_start_at") or now
        stop = vals.get("real_stop_at") or vals.get("planned_stop_at") or now
        return {"real_start_at": start, "real_stop_at": stop}
