from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from odoo.addons.gestor_activities.const import CLOSED
from odoo.addons.gestor_activities.lib.planned_time import planned_at


class GestorActivity(models.Model):
    _inherit = "gestor.activity"

    gestor_absent_user_ids = fields.Many2many(
        "res.users",
        string="Absent then",
        compute="_compute_gestor_absent_user_ids",
        help="Executors who are on leave at the planned time.",
    )

    @api.depends(
        "planned_start_at", "planned_stop_at", "user_id", "executor_ids.user_id"
    )
    def _compute_gestor_absent_user_ids(self):
        found = self._get_absences()
        for activity in self:
            leaves = found.get(activity, self.env["hr.leave"])
            activity.gestor_absent_user_ids = leaves.employee_id.user_id.sudo(False)

    # === Actions ===

    def action_gestor_take_substitutes(self):
        """Give the parts of absent executors to who stands in for them then.

        :raise UserError: if there is nobody who is there
        """
        self.ensure_one()
        self._check_open()
        self.check_access("write")
        leaves = self._get_absences().get(self, self.env["hr.leave"])
        for user in leaves.employee_id.user_id:
            substitute = self._get_present_substitute(user)
            if not substitute:
                raise UserError(
                    self.env._(
                        "Nobody stands in for %(user)s at that time. Choose another "
                        "person or another time.",
                        user=user.name,
                    )
                )
            self._replace_executor(user.sudo(False), substitute.sudo(False))

    def action_gestor_move_after_absence(self):
        """Move the activity to the same hour of the first day when all are there."""
        self.ensure_one()
        zone = ZoneInfo(self.env.tz.zone)
        leaves = self._get_absences().get(self, self.env["hr.leave"])
        while leaves:
            away = max(leaves.mapped("date_to")) - self.planned_start_at
            days = -(-away // timedelta(days=1))
            self.write(
                {
                    "planned_start_at": planned_at(self.planned_start_at, zone, days),
                    "planned_stop_at": planned_at(self.planned_stop_at, zone, days),
                }
            )
            leaves = self._get_absences().get(self, self.env["hr.leave"])

    # === Warnings ===

    def _gestor_planning_warnings(self):
        warnings = super()._gestor_planning_warnings()
        absences = self._get_absences()
        everything = self.env["hr.leave"].union(*absences.values()).sudo(False)
        readable = everything._filtered_access("read")
        for activity, leaves in absences.items():
            warnings.setdefault(activity.id, []).extend(
                self._get_absence_warning(leave, leave.sudo(False) in readable)
                for leave in leaves
            )
        return warnings

    def _get_absence_warning(self, leave, is_readable):
        """Return the sentence about a leave; its kind only to who may read it."""
        user = leave.employee_id.user_id
        substitute = user.gestor_substitute_id
        values = {
            "user": user.name,
            "from": format_date(self.env, leave.request_date_from),
            "to": format_date(self.env, leave.request_date_to),
            "kind": leave.holiday_status_id.name if is_readable else "",
            "substitute": substitute.name or "",
        }
        if is_readable:
            text = self.env._(
                "Absent: %(user)s, %(from)s - %(to)s, %(kind)s.", **values
            )
        else:
            text = self.env._("Absent: %(user)s, %(from)s - %(to)s.", **values)
        if substitute:
            text += " " + self.env._("Stands in: %(substitute)s.", **values)
        return text

    def _get_absences(self):
        """Return the approved leaves of executors in the time of these activities.

        Two queries for any number of activities.

        :return: ``{activity: hr.leave}``, as superuser, without what has none
        """
        planned = self.filtered(
            lambda activity: activity.planned_start_at and activity.planned_stop_at
        )
        users_of = {
            activity: activity._get_working_users()
            for activity in planned.filtered(lambda a: a.state not in CLOSED)
        }
        users = self.env["res.users"].union(*users_of.values())
        if not users:
            return {}
        # sudo: that a colleague is away is told to all; why, only to some
        leaves = self.env["hr.leave"].sudo()
        found = leaves.search(
            Domain("employee_id.user_id", "in", users.ids)
            & Domain("state", "=", "validate")
            & Domain("date_from", "<", max(a.planned_stop_at for a in users_of))
            & Domain("date_to", ">", min(a.planned_start_at for a in users_of))
        )
        by_user = found.grouped(lambda leave: leave.employee_id.user_id.id)
        absences = defaultdict(leaves.browse)
        for activity, of_activity in users_of.items():
            for user in of_activity:
                absences[activity] |= by_user.get(user.id, leaves.browse()).filtered(
                    lambda leave, activity=activity: (
                        leave.date_from < activity.planned_stop_at
                        and leave.date_to > activity.planned_start_at
                    )
                )
        return {activity: rows for activity, rows in absences.items() if rows}

    # === Helpers ===

    def _get_present_substitute(self, user):
        """Return who stands in for a user at the planned time and is there.

        :param user: as superuser
        """
        start, stop = self.planned_start_at, self.planned_stop_at
        # sudo: who stands in for whom is no secret among colleagues
        substitutions = self.env["gestor.substitution"].sudo()
        substitution = substitutions.search(
            Domain("user_id", "=", user.id)
            & Domain("state", "!=", "ended")
            & Domain("start_at", "<=", start)
            & (Domain("stop_at", "=", False) | Domain("stop_at", ">=", stop)),
            limit=1,
        )
        substitute = substitution.substitute_id or user.gestor_substitute_id
        # sudo: only whether there is one
        leaves = self.env["hr.leave"].sudo()
        is_away = substitute and leaves.search_count(
            Domain("employee_id.user_id", "=", substitute.id)
            & Domain("state", "=", "validate")
            & Domain("date_from", "<", stop)
            & Domain("date_to", ">", start),
            limit=1,
        )
        return substitute.browse() if is_away else substitute

    def _replace_executor(self, user, substitute):
        """Let a substitute do the open part of a user."""
        row = self.executor_ids.filtered(
            lambda row: row.user_id == user and row._is_open()
        )
        if not row:  # without executors the responsible person does the work
            self.executor_ids = [Command.create({"user_id": substitute.id})]
        elif substitute in self.executor_ids.user_id:
            row.unlink()
        else:
            row.user_id = substitute
