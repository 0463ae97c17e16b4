from odoo import models
from odoo.exceptions import UserError

from odoo.addons.gestor_resources.exceptions import ResourceTakenError


class _Refused(Exception):
    """Why an activity is not planned so, and what would have to be allowed."""

    def __init__(self, reason, allow):
        super().__init__(reason)
        self.reason = reason
        self.allow = allow


class GestorActivityPlanningMixin(models.AbstractModel):
    """Giving an activity a time and a person, by the board and the dialog."""

    _name = "gestor.activity.planning.mixin"
    _description = "Planning Of An Activity"

    def _gestor_plan(self, start, stop, user=None, former=None, allow=()):
        """Give the activity a time and a person; its bookings move along.

        :param datetime start: UTC, naive; ``stop`` likewise
        :param user: who is to do it; empty: the people stay as they are
        :param former: whose work goes over to ``user``; empty: ``user`` joins in
        :param allow: ``people``: also if a person is busy or absent then;
            ``resources``: without the resources that are taken then
        :return: False, or ``{"reason": text, "allow": key}``, and nothing is changed
        :rtype: dict or bool
        :raise UserError: if it is closed, or no permission would help
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not start or not stop or stop <= start:
            raise UserError(self.env._("The end has to be after the beginning."))
        before = self._gestor_planning_warnings().get(self.id, [])
        try:
            with self.env.cr.savepoint():
                if "resources" in allow:
                    self._drop_taken_bookings(start, stop)
                self._write_times(start, stop)
                self._give_to(user, former)
                warnings = self._gestor_planning_warnings().get(self.id, [])
                fresh = [warning for warning in warnings if warning not in before]
                if fresh and "people" not in allow:
                    raise _Refused("\n".join(fresh), "people")
        except _Refused as refused:
            self.invalidate_recordset()
            return {"reason": refused.reason, "allow": refused.allow}
        return False

    def _write_times(self, start, stop):
        if (start, stop) == self._get_gestor_times():
            return
        vals = {"planned_start_at": start, "planned_stop_at": stop}
        try:
            self.write(vals)
        except ResourceTakenError as error:
            raise _Refused(str(error), "resources") from error

    def _give_to(self, user, former):
        """Let ``user`` do what ``former`` did, or join in."""
        if not user or user == former:
            return
        # the core hands the open part of the responsible person over
        if not self.user_id or self.user_id == former:
            self.user_id = user
        rows = self.executor_ids
        old = rows.filtered(lambda row: row.user_id == former)
        if user in rows.user_id:
            old.unlink()
        elif old:
            old.user_id = user
        else:
            self.env["gestor.activity.executor"].create(
                {"activity_id": self.id, "user_id": user.id}
            )

    def _drop_taken_bookings(self, start, stop):
        """Cancel what is booked for the activity and taken at its new time."""
        for booking in self._get_live_bookings():
            if booking._is_taken_by_others(start, stop):
                for planned in booking._gestor_by_planner():
                    if planned:
                        planned.action_cancel()

    def _gestor_plan_swapped(self, start, stop, user=None, former=None):
        """Plan it with other resources of the kinds for those that are taken then.

        :raise UserError: if there is no other one; nothing is changed then
        """
        self.ensure_one()
        others, chosen = [], self.env["gestor.resource"]
        for booking in self._get_live_bookings():
            if not booking._is_taken_by_others(start, stop):
                continue
            other = (booking._get_alternatives(start, stop) - chosen)[:1]
            if not other:
                raise UserError(
                    self.env._(
                        "Nothing else of the kind of %(resource)s is free then.",
                        resource=booking.resource_id.display_name,
                    )
                )
            chosen |= other
            others.append((other, booking.quantity))
        answer = self._gestor_plan(
            start, stop, user, former, allow=("people", "resources")
        )
        for other, quantity in others:
            values = self._prepare_gestor_booking_vals(other)
            booking = self.env["gestor.booking"].create(
                {**values, "quantity": quantity}
            )
            booking.action_confirm()
        return answer
