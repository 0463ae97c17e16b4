from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gestor_resources.lib import (
    busy_intervals,
    common_intervals,
    free_intervals,
    next_free,
)

# how far ahead a common free time is looked for
HORIZON = timedelta(days=30)
STEP = timedelta(minutes=15)


class GestorActivityPlan(models.TransientModel):
    """Gives an activity a time and a person, without a mouse."""

    _name = "gestor.activity.plan"
    _description = "Plan An Activity"

    activity_id = fields.Many2one(
        "gestor.activity",
        required=True,
        domain="[('state', 'in', ('planned', 'in_progress'))]",
    )
    former_id = fields.Many2one(
        "res.users",
        string="Person so far",
        compute="_compute_from_activity",
        store=True,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        compute="_compute_from_activity",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('share', '=', False)]",
    )
    start_at = fields.Datetime(
        string="From",
        compute="_compute_from_activity",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    stop_at = fields.Datetime(
        string="To",
        compute="_compute_from_activity",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    resource_ids = fields.Many2many(related="activity_id.resource_ids")
    refused = fields.Text(string="Why not", readonly=True)
    refused_by = fields.Char(readonly=True)

    @api.depends("activity_id")
    def _compute_from_activity(self):
        for plan in self:
            activity = plan.activity_id
            doers = activity.executor_ids.user_id
            plan.former_id = doers if len(doers) == 1 else activity.user_id
            plan.user_id = plan.user_id or plan.former_id
            plan.start_at = plan.start_at or activity.planned_start_at
            plan.stop_at = plan.stop_at or activity.planned_stop_at

    # === Actions ===

    def action_plan(self):
        """Plan it so, or show why not."""
        return self._plan(())

    def action_plan_anyway(self):
        """Plan it although the person is busy or absent."""
        return self._plan(("people",))

    def action_plan_without(self):
        """Plan it without the resources that are taken then."""
        return self._plan(("resources", "people"))

    def action_swap(self):
        """Take other resources of the kinds instead of those that are taken.

        :raise UserError: if there is none
        """
        self.ensure_one()
        return self._show(
            self.activity_id._gestor_plan_swapped(
                self.start_at, self.stop_at, self.user_id, self.former_id
            )
        )

    def action_next_free(self):
        """Propose the next time at which the person and the resources are free."""
        self.ensure_one()
        length = self.stop_at - self.start_at
        begin = max(self.start_at, fields.Datetime.now()) + STEP
        start = next_free(self._get_common_time(begin), length)
        if not start:
            raise UserError(
                self.env._("Person and resources have no common free time in 30 days.")
            )
        self.write(
            {
                "start_at": start,
                "stop_at": start + length,
                "refused": False,
                "refused_by": False,
            }
        )
        return self._reopen()

    # === Helpers ===

    def _plan(self, allow):
        self.ensure_one()
        return self._show(
            self.activity_id._gestor_plan(
                self.start_at, self.stop_at, self.user_id, self.former_id, allow
            )
        )

    def _show(self, answer):
        if not answer:
            return {"type": "ir.actions.act_window_close"}
        self.write({"refused": answer["reason"], "refused_by": answer["allow"]})
        return self._reopen()

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gestor_activities_resources.gestor_activity_plan_action"
        )
        return {**action, "res_id": self.id}

    def _get_common_time(self, begin):
        """Return when the person works and has nothing to do, and all is free."""
        begin += (STEP - (begin - begin.min) % STEP) % STEP
        window = (begin, begin + HORIZON)
        free = [window]
        user = self.user_id
        if user:
            board = self.env["gestor.board"]
            activities = board._get_activities(user, window, {}) - self.activity_id
            busy = busy_intervals(
                [
                    (activity.planned_start_at, activity.planned_stop_at)
                    for activity in activities
                ],
                1,
            )
            work = board._get_working_time(user, window)[user]
            free = common_intervals(work, free_intervals(busy, *window))
        resources = self.activity_id._get_live_bookings().resource_id
        for intervals in resources._gestor_free_intervals(*window).values():
            free = common_intervals(free, intervals)
        return free
